package dev.alexnet.ops.picture;

import java.awt.Color;
import java.awt.Font;
import java.util.List;

/**
 * The colours of pictures, as in the page's style sheet.
 *
 * @param paper behind everything
 * @param ink of text
 * @param pale of less important text
 * @param grid of lines that only guide
 * @param series of curves and bars, told apart by lightness too
 */
public record Theme(Color paper, Color ink, Color pale, Color grid, List<Color> series) {
  /** For paper and light screens. */
  public static final Theme LIGHT =
      of(0xffffff, 0x1c1e21, 0x5c6168, 0xdfe1e4, 0x1f62b5, 0xc2510a, 0x0d7a68, 0x8a3fa8);

  /** For dark screens. */
  public static final Theme DARK =
      of(0x1b1d20, 0xe8e8e6, 0xa5abb2, 0x383c41, 0x7fb2ff, 0xff9f5a, 0x55cdb6, 0xd09bf0);

  public static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
  public static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  public static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 20);
  public static final Font BOLD = new Font(Font.SANS_SERIF, Font.BOLD, 15);

  public Theme {
    series = List.copyOf(series);
  }

  private static Theme of(int paper, int ink, int pale, int grid, Integer... series) {
    return new Theme(
        new Color(paper),
        new Color(ink),
        new Color(pale),
        new Color(grid),
        List.of(series).stream().map(Color::new).toList());
  }

  public Color series(int index) {
    return series.get(index);
  }
}
