package dev.alexnet.ops.picture;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** A dataset's image within a picture. */
public final class JpegTile {
  private JpegTile() {}

  /** Draws it as a square; an empty one where it does not decode. */
  public static void draw(
      Graphics2D graphics, Theme theme, byte[] jpeg, int left, int top, int side) {
    graphics.setColor(theme.grid());
    graphics.fillRect(left, top, side, side);
    BufferedImage image = decoded(jpeg);
    if (image != null) {
      graphics.drawImage(image, left, top, side, side, null);
    }
  }

  private static BufferedImage decoded(byte[] jpeg) {
    try {
      return ImageIO.read(new ByteArrayInputStream(jpeg));
    } catch (IOException e) {
      return null;
    }
  }
}
