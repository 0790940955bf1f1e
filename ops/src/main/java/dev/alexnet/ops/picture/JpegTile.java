package dev.alexnet.ops.picture;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Draws a dataset's image as part of a picture. */
public final class JpegTile {
  private JpegTile() {}

  /**
   * Draws the image as a square, which is empty if the image cannot be decoded.
   *
   * @return whether it could be decoded
   */
  public static boolean draw(
      Graphics2D graphics, Theme theme, byte[] jpeg, int left, int top, int side) {
    graphics.setColor(theme.grid());
    graphics.fillRect(left, top, side, side);
    BufferedImage image = decoded(jpeg);
    if (image == null) {
      return false;
    }
    int pixels = (int) Math.round(side * graphics.getTransform().getScaleX());
    graphics.drawImage(halved(image, pixels), left, top, side, side, null);
    return true;
  }

  /** Halves the image until it is less than twice too large, so that scaling skips no pixel. */
  private static BufferedImage halved(BufferedImage image, int side) {
    BufferedImage current = image;
    while (current.getWidth() >= 2 * side) {
      int half = current.getWidth() / 2;
      BufferedImage smaller = new BufferedImage(half, half, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = smaller.createGraphics();
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      graphics.drawImage(current, 0, 0, half, half, null);
      graphics.dispose();
      current = smaller;
    }
    return current;
  }

  private static BufferedImage decoded(byte[] jpeg) {
    try {
      return ImageIO.read(new ByteArrayInputStream(jpeg));
    } catch (IOException e) {
      return null;
    }
  }
}
