package dev.alexnet.model.image;

/**
 * Decoded pixels.
 *
 * @param width in pixels
 * @param height in pixels
 * @param rgb {@code [height, width, 3]}, one unsigned byte per value
 */
@SuppressWarnings("ArrayRecordComponent")
record Raster(int width, int height, byte[] rgb) {
  static final int CHANNELS = 3;

  /**
   * The picture as it is meant to be seen.
   *
   * @param orientation of EXIF, 1 to 8
   */
  Raster turned(int orientation) {
    if (orientation == ExifOrientation.UPRIGHT) {
      return this;
    }
    boolean lying = orientation >= 5;
    int newWidth = lying ? height : width;
    int newHeight = lying ? width : height;
    byte[] turned = new byte[rgb.length];
    int target = 0;
    for (int y = 0; y < newHeight; y++) {
      for (int x = 0; x < newWidth; x++) {
        int source =
            switch (orientation) {
              case 2 -> place(width - 1 - x, y);
              case 3 -> place(width - 1 - x, height - 1 - y);
              case 4 -> place(x, height - 1 - y);
              case 5 -> place(y, x);
              case 6 -> place(y, height - 1 - x);
              case 7 -> place(width - 1 - y, height - 1 - x);
              case 8 -> place(width - 1 - y, x);
              default -> throw new IllegalArgumentException("There is no " + orientation);
            };
        for (int channel = 0; channel < CHANNELS; channel++) {
          turned[target++] = rgb[source + channel];
        }
      }
    }
    return new Raster(newWidth, newHeight, turned);
  }

  private int place(int x, int y) {
    return CHANNELS * (y * width + x);
  }
}
