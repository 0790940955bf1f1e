package dev.alexnet.ops.report;

import dev.alexnet.ops.picture.ClassNames;
import dev.alexnet.ops.picture.Picture;
import dev.alexnet.ops.picture.Text;
import dev.alexnet.ops.picture.Theme;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.util.List;

/**
 * The confusion matrix of the most confused classes: true classes as rows, predicted ones as
 * columns.
 */
final class ConfusionPicture {
  static final int MOST_CLASSES = 12;

  private static final int CELL = 34;
  private static final int NAMES = 150;
  private static final int SLANTED = 112;
  private static final int MARGIN = 10;
  private static final String CORNER = "class ↓  taken for →";
  private static final double SLANT = -Math.PI / 4;

  private final ConfusionCounts counts;
  private final List<Integer> labels;
  private final ClassNames names;

  private ConfusionPicture(ConfusionCounts counts, List<Integer> labels, ClassNames names) {
    this.counts = counts;
    this.labels = labels;
    this.names = names;
  }

  /**
   * @param labels of the classes to show
   */
  static Picture of(ConfusionCounts counts, List<Integer> labels, ClassNames names) {
    ConfusionPicture drawn = new ConfusionPicture(counts, labels, names);
    return new Picture(
        "confusion",
        "The classes of the most frequent confusions. Rows: true class. Columns: predicted class. The most frequent confusions are in the list below",
        MARGIN + NAMES + labels.size() * CELL + SLANTED - CELL,
        MARGIN + SLANTED + labels.size() * CELL + MARGIN,
        drawn::draw);
  }

  private void draw(Graphics2D graphics, Theme theme) {
    long most = 1;
    for (int truth : labels) {
      for (int guess : labels) {
        most = truth == guess ? most : Math.max(most, counts.of(truth, guess));
      }
    }
    graphics.setFont(Theme.SMALL);
    graphics.setColor(theme.pale());
    int corner = MARGIN + NAMES - 10 - graphics.getFontMetrics().stringWidth(CORNER);
    graphics.drawString(CORNER, corner, MARGIN + SLANTED - 6);
    graphics.setFont(Theme.PLAIN);
    FontMetrics metrics = graphics.getFontMetrics();
    for (int i = 0; i < labels.size(); i++) {
      String name = Text.fitted(names.brief(labels.get(i)), metrics, NAMES - 10);
      int y = MARGIN + SLANTED + i * CELL + (CELL + metrics.getAscent()) / 2 - 2;
      graphics.setColor(theme.ink());
      graphics.drawString(name, MARGIN + NAMES - 10 - metrics.stringWidth(name), y);
      slanted(graphics, names.brief(labels.get(i)), MARGIN + NAMES + i * CELL + CELL / 2);
      for (int j = 0; j < labels.size(); j++) {
        cell(graphics, theme, i, j, most);
      }
    }
  }

  private static void slanted(Graphics2D graphics, String name, int x) {
    AffineTransform before = graphics.getTransform();
    graphics.translate(x, MARGIN + SLANTED - 6);
    graphics.rotate(SLANT);
    graphics.drawString(Text.fitted(name, graphics.getFontMetrics(), SLANTED + 22), 0, 0);
    graphics.setTransform(before);
  }

  private void cell(Graphics2D graphics, Theme theme, int row, int column, long most) {
    long images = counts.of(labels.get(row), labels.get(column));
    boolean right = row == column;
    double share = right ? 0 : (double) images / most;
    Color full = theme.series(1);
    Color behind = right ? theme.grid() : mixed(theme.paper(), full, share);
    graphics.setColor(behind);
    int x = MARGIN + NAMES + column * CELL;
    int y = MARGIN + SLANTED + row * CELL;
    graphics.fillRect(x, y, CELL - 1, CELL - 1);
    graphics.setColor(theme.grid());
    graphics.drawRect(x, y, CELL - 1, CELL - 1);
    if (images > 0) {
      String number = images < 10_000 ? String.valueOf(images) : images / 1000 + "k";
      FontMetrics metrics = graphics.getFontMetrics();
      graphics.setColor(isLight(behind) ? Color.BLACK : Color.WHITE);
      graphics.drawString(
          number,
          x + (CELL - metrics.stringWidth(number)) / 2,
          y + (CELL + metrics.getAscent()) / 2 - 2);
    }
  }

  private static Color mixed(Color from, Color to, double share) {
    return new Color(
        between(from.getRed(), to.getRed(), share),
        between(from.getGreen(), to.getGreen(), share),
        between(from.getBlue(), to.getBlue(), share));
  }

  /** By the luminance of sRGB: above this value black is easier to read than white. */
  private static boolean isLight(Color colour) {
    double luminance =
        0.2126 * linear(colour.getRed())
            + 0.7152 * linear(colour.getGreen())
            + 0.0722 * linear(colour.getBlue());
    return luminance > 0.179;
  }

  private static double linear(int level) {
    return Math.pow(level / 255.0, 2.2);
  }

  private static int between(int from, int to, double share) {
    return (int) Math.round(from + (to - from) * share);
  }
}
