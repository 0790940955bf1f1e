package dev.alexnet.ops.picture;

import java.awt.FontMetrics;

/** Text that must fit into a given width. */
public final class Text {
  private Text() {}

  /** The text, or as much of its start as fits, followed by an ellipsis. */
  public static String fitted(String text, FontMetrics metrics, int width) {
    if (metrics.stringWidth(text) <= width) {
      return text;
    }
    int end = text.length();
    while (end > 0 && metrics.stringWidth(text.substring(0, end) + "…") > width) {
      end--;
    }
    return text.substring(0, end) + "…";
  }
}
