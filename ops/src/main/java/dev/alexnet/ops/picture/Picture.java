package dev.alexnet.ops.picture;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.image.PngEncoding;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/**
 * Something that can be drawn. The same content gives the same pixels, except that text depends on
 * the machine's fonts.
 *
 * @param name of its file, without the suffix
 * @param text what it shows, for readers who cannot see it
 * @param width in points
 * @param height in points
 */
public record Picture(String name, String text, int width, int height, Drawing drawing) {
  private static final int SCALE = 2;

  /** Draws on paper of the theme. */
  @FunctionalInterface
  public interface Drawing {
    void draw(Graphics2D graphics, Theme theme);
  }

  public String file() {
    return name + ".png";
  }

  /**
   * The picture as a PNG file, at two pixels per point.
   *
   * @throws Failure of kind MISMATCH if Java finds no font
   */
  public byte[] png(Theme theme) {
    return png(theme, SCALE);
  }

  /**
   * The picture as a PNG file.
   *
   * @param scale pixels per point, at least 1
   * @throws Failure of kind MISMATCH if Java finds no font
   */
  public byte[] png(Theme theme, int scale) {
    BufferedImage image =
        new BufferedImage(scale * width, scale * height, BufferedImage.TYPE_INT_RGB);
    try {
      Graphics2D graphics = image.createGraphics();
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.scale(scale, scale);
      graphics.setColor(theme.paper());
      graphics.fillRect(0, 0, width, height);
      drawing.draw(graphics, theme);
      graphics.dispose();
      return PngEncoding.of(image);
    } catch (InternalError | NoClassDefFoundError | UnsatisfiedLinkError e) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "Pictures need a font, and Java finds none here ("
              + e.getMessage()
              + "); install fontconfig and a font such as DejaVu",
          e);
    }
  }
}
