package dev.alexnet.model.dataset;

import dev.alexnet.infra.settings.Problems;

/**
 * The sizes of the source pictures, in pixels, before they are scaled.
 *
 * @param width of the pictures
 * @param height of the pictures
 * @param shorterSide of the pictures: those below the size of the images were enlarged
 */
public record PictureSizes(Range width, Range height, Range shorterSide) {
  public PictureSizes {
    new Problems("picture sizes")
        .require(width != null, "width is missing")
        .require(height != null, "height is missing")
        .require(shorterSide != null, "shorterSide is missing")
        .throwIfAny();
  }

  /**
   * @param median the lower one of two
   */
  public record Range(int least, int median, int greatest) {
    public Range {
      new Problems("picture sizes")
          .require(
              0 < least && least <= median && median <= greatest,
              "least, median and greatest are %s, %s and %s; they must be in ascending order",
              least,
              median,
              greatest)
          .throwIfAny();
    }
  }
}
