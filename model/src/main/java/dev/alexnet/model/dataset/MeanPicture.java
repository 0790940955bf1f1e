package dev.alexnet.model.dataset;

import dev.alexnet.model.image.PngEncoding;
import java.awt.image.BufferedImage;

/** Draws a mean image as a picture. */
final class MeanPicture {
  private MeanPicture() {}

  static byte[] png(MeanImage mean) {
    int size = mean.size();
    BufferedImage picture = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    for (int pixel = 0; pixel < size * size; pixel++) {
      int red = Math.round(mean.values()[pixel * 3]);
      int green = Math.round(mean.values()[pixel * 3 + 1]);
      int blue = Math.round(mean.values()[pixel * 3 + 2]);
      picture.setRGB(pixel % size, pixel / size, red << 16 | green << 8 | blue);
    }
    return PngEncoding.of(picture);
  }
}
