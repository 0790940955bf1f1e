package dev.alexnet.model.image;

/**
 * A picture as a dataset stores it.
 *
 * @param jpeg the image as a JPEG file
 * @param pixels {@code [size, size, 3]}, row, column, RGB, one unsigned byte per value: the image
 *     before compression
 * @param sourceWidth of the picture in pixels, before it was scaled
 * @param sourceHeight of the picture in pixels, before it was scaled
 * @param orientation of EXIF, 1 to 8, whether it was applied or not; 1 if there is none
 */
@SuppressWarnings("ArrayRecordComponent")
public record ConvertedPicture(
    byte[] jpeg, byte[] pixels, int sourceWidth, int sourceHeight, int orientation) {
  /** Whether EXIF says that the stored picture is to be turned or mirrored. */
  public boolean isTurned() {
    return orientation != ExifOrientation.UPRIGHT;
  }
}
