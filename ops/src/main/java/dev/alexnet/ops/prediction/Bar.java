package dev.alexnet.ops.prediction;

/** A share as a bar of text, to an eighth of a column. */
public final class Bar {
  private static final String EIGHTHS = " ▏▎▍▌▋▊▉";
  private static final char FULL = '█';

  private Bar() {}

  /**
   * @param share 0 to 1
   * @param width of the whole in columns
   * @return text of that width
   */
  public static String of(double share, int width) {
    int eighths = (int) Math.round(Math.max(0, Math.min(1, share)) * width * 8);
    StringBuilder bar = new StringBuilder();
    while (bar.length() < eighths / 8) {
      bar.append(FULL);
    }
    if (eighths % 8 > 0) {
      bar.append(EIGHTHS.charAt(eighths % 8));
    }
    return bar.append(" ".repeat(width - bar.length())).toString();
  }
}
