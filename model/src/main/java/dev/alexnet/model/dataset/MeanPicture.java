package dev.alexnet.model.dataset;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** A mean image as a picture to look at. */
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
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
    return bytes.toByteArray();
  }
}
