package dev.alexnet.ops.report;

import dev.alexnet.ops.picture.ClassNames;
import dev.alexnet.ops.picture.Picture;
import dev.alexnet.ops.picture.Text;
import dev.alexnet.ops.picture.Theme;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.util.List;
import java.util.Locale;

/**
 * The classes with the greatest errors: a bar for the top-1 error, in it one for the top-5 error.
 */
final class ClassErrorPicture {
  private static final int MOST_CLASSES = 20;
  private static final int MARGIN = 10;
  private static final int NAMES = 170;
  private static final int BAR = 220;
  private static final int NUMBER = 60;
  private static final int LINE = 26;
  private static final int LEGEND = 34;

  private final List<ClassErrors> classes;
  private final ClassNames names;

  private ClassErrorPicture(List<ClassErrors> classes, ClassNames names) {
    this.classes = classes;
    this.names = names;
  }

  /**
   * @param classes all, the greatest errors first
   */
  static Picture of(List<ClassErrors> classes, ClassNames names) {
    List<ClassErrors> worst = classes.subList(0, Math.min(MOST_CLASSES, classes.size()));
    ClassErrorPicture drawn = new ClassErrorPicture(worst, names);
    return new Picture(
        "class-errors",
        String.format(
            Locale.ROOT,
            "Top-1 and top-5 errors of the %d classes with the greatest errors; the table lists all classes",
            worst.size()),
        MARGIN + NAMES + BAR + NUMBER + MARGIN,
        MARGIN + LEGEND + worst.size() * LINE + MARGIN,
        drawn::draw);
  }

  private void draw(Graphics2D graphics, Theme theme) {
    int left = MARGIN + NAMES;
    legend(graphics, theme, left, "top-1 error", 1);
    legend(graphics, theme, left + 120, "top-5 error", 0);
    int top = MARGIN + LEGEND;
    for (ClassErrors errors : classes) {
      graphics.setFont(Theme.PLAIN);
      FontMetrics metrics = graphics.getFontMetrics();
      String name = Text.fitted(names.brief(errors.label()), metrics, NAMES - 10);
      int base = top + LINE / 2 + metrics.getAscent() / 2 - 2;
      graphics.setColor(theme.ink());
      graphics.drawString(name, left - 10 - metrics.stringWidth(name), base);
      graphics.setColor(theme.grid());
      graphics.fillRect(left, top + 3, BAR, LINE - 6);
      graphics.setColor(theme.series(1));
      graphics.fillRect(left, top + 3, width(errors.top1Error()), LINE - 6);
      graphics.setColor(theme.series(0));
      graphics.fillRect(left, top + 9, width(errors.top5Error()), LINE - 18);
      graphics.setColor(theme.ink());
      graphics.drawString(
          String.format(Locale.ROOT, "%.1f %%", 100 * errors.top1Error()), left + BAR + 8, base);
      top += LINE;
    }
  }

  private static void legend(Graphics2D graphics, Theme theme, int left, String text, int series) {
    graphics.setColor(theme.series(series));
    graphics.fillRect(left, MARGIN + 6, 14, 14);
    graphics.setColor(theme.ink());
    graphics.setFont(Theme.PLAIN);
    graphics.drawString(text, left + 20, MARGIN + 18);
  }

  private static int width(double error) {
    return (int) Math.round(BAR * error);
  }
}
