package dev.alexnet.ops.report;

import dev.alexnet.ops.picture.ClassNames;
import dev.alexnet.ops.picture.JpegTile;
import dev.alexnet.ops.picture.Picture;
import dev.alexnet.ops.picture.Text;
import dev.alexnet.ops.picture.Theme;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Pictures with their class, and below it the five most probable classes as bars. */
final class PictureSheet {
  private static final int COLUMNS = 4;
  private static final int SIDE = 224;
  private static final int GAP = 24;
  private static final int LINE = 24;
  private static final int GUESSES = 5;
  private static final int PADDING = 4;
  private static final int CARD = SIDE + 8 + LINE + GUESSES * LINE;

  private final List<PredictionRow> rows;
  private final Map<Long, byte[]> files;
  private final ClassNames names;

  private PictureSheet(List<PredictionRow> rows, Map<Long, byte[]> files, ClassNames names) {
    this.rows = rows;
    this.files = files;
    this.names = names;
  }

  /**
   * @param name of its file
   * @param files JPEG by row
   */
  static Picture of(
      String name,
      String text,
      List<PredictionRow> rows,
      Map<Long, byte[]> files,
      ClassNames names) {
    PictureSheet sheet = new PictureSheet(rows, files, names);
    int columns = Math.min(COLUMNS, rows.size());
    int lines = (rows.size() + COLUMNS - 1) / COLUMNS;
    return new Picture(
        name, text, GAP + columns * (SIDE + GAP), GAP + lines * (CARD + GAP), sheet::draw);
  }

  private void draw(Graphics2D graphics, Theme theme) {
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    int place = 0;
    for (PredictionRow row : rows) {
      int x = GAP + place % COLUMNS * (SIDE + GAP);
      int y = GAP + place / COLUMNS * (CARD + GAP);
      card(graphics, theme, row, x, y);
      place++;
    }
  }

  private void card(Graphics2D graphics, Theme theme, PredictionRow row, int x, int y) {
    JpegTile.draw(graphics, theme, files.get(row.row()), x, y, SIDE);
    int label = (int) row.prediction().label();
    graphics.setFont(Theme.BOLD);
    graphics.setColor(theme.ink());
    FontMetrics metrics = graphics.getFontMetrics();
    int line = y + SIDE + 8 + LINE;
    String title = label < 0 ? "no label" : names.brief(label);
    graphics.drawString(Text.fitted(title, metrics, SIDE), x, line - 10);
    graphics.setFont(Theme.PLAIN);
    for (int i = 0; i < row.prediction().top5().size(); i++) {
      int guess = row.prediction().top5().get(i);
      double probability = row.prediction().probabilities().get(i);
      Color colour = label < 0 ? theme.series(0) : theme.series(guess == label ? 2 : 1);
      Bar bar = new Bar(names.brief(guess), probability, guess == label, colour);
      draw(graphics, theme, bar, x, line + i * LINE);
    }
  }

  /** One of the most probable classes. */
  private record Bar(String name, double probability, boolean right, Color colour) {}

  private static void draw(Graphics2D graphics, Theme theme, Bar bar, int x, int y) {
    Color colour = bar.colour();
    graphics.setColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 90));
    graphics.fillRect(x, y, Math.max(2, (int) Math.round(SIDE * bar.probability())), LINE - 4);
    graphics.setColor(theme.ink());
    graphics.setFont(bar.right() ? Theme.BOLD : Theme.PLAIN);
    FontMetrics metrics = graphics.getFontMetrics();
    int base = y + LINE - 9;
    String share = String.format(Locale.ROOT, "%.1f %%", 100 * bar.probability());
    int width = metrics.stringWidth(share);
    graphics.drawString(share, x + SIDE - PADDING - width, base);
    String name = (bar.right() ? "✓ " : "") + bar.name();
    int room = SIDE - 3 * PADDING - width;
    graphics.drawString(Text.fitted(name, metrics, room), x + PADDING, base);
  }
}
