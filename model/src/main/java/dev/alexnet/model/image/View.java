package dev.alexnet.model.image;

import java.util.List;

/**
 * One of the ten views of an image that are averaged at test time (Krizhevsky et al., 2012, section
 * 4.1): a window at a corner or in the centre, or its mirror image.
 *
 * @param row of the window: 0 for the top, 1 for the centre, 2 for the bottom, in halves of the
 *     margin
 * @param column of the window: 0 for the left, 1 for the centre, 2 for the right
 * @param mirrored whether left and right are swapped
 */
public record View(int row, int column, boolean mirrored) {
  /**
   * All ten, in the order of cuda-convnet2: upper left, upper right, centre, lower left and lower
   * right, then their mirror images.
   */
  public static final List<View> TEN =
      List.of(
          new View(0, 0, false),
          new View(0, 2, false),
          new View(1, 1, false),
          new View(2, 0, false),
          new View(2, 2, false),
          new View(0, 0, true),
          new View(0, 2, true),
          new View(1, 1, true),
          new View(2, 0, true),
          new View(2, 2, true));

  /** The index of the centre, not mirrored, among the ten. */
  public static final int CENTRE = 2;

  /** How many windows the ten views use; each occurs twice, the second time mirrored. */
  public static final int WINDOWS = TEN.size() / 2;

  /**
   * The first row of the window.
   *
   * @param margin how many more rows the image has than the window
   */
  public int firstRow(int margin) {
    return row * margin / 2;
  }

  /**
   * The first column of the window.
   *
   * @param margin how many more columns the image has than the window
   */
  public int firstColumn(int margin) {
    return column * margin / 2;
  }
}
