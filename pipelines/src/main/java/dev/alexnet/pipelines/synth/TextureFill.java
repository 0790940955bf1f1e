package dev.alexnet.pipelines.synth;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.TexturePaint;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/**
 * A texture with the parameters of one picture.
 *
 * @param period in pixels
 * @param angle in radians
 * @param offsetU the origin's distance from the object's centre along u, in periods
 * @param offsetV the same along v
 * @param crispness how sharp the edge between the two colours is; at 1 they blend into each other
 */
record TextureFill(
    Texture texture,
    Color first,
    Color second,
    double period,
    double angle,
    double offsetU,
    double offsetV,
    double crispness) {

  static TextureFill draw(
      PictureRandom random, Texture texture, Color first, Color second, double period) {
    return new TextureFill(
        texture,
        first,
        second,
        period,
        random.angle(),
        random.between(-texture.wander(), texture.wander()),
        random.between(-texture.wander(), texture.wander()),
        random.between(2, 6));
  }

  void fill(Graphics2D graphics, Shape shape) {
    Rectangle2D exact = shape.getBounds2D();
    graphics.setPaint(paint(shape.getBounds(), exact.getCenterX(), exact.getCenterY()));
    graphics.fill(shape);
  }

  /** The pixels within {@code bounds}, for an object whose centre is at (x, y). */
  private Paint paint(Rectangle bounds, double x, double y) {
    BufferedImage pixels =
        new BufferedImage(bounds.width, bounds.height, BufferedImage.TYPE_INT_RGB);
    double cosine = StrictMath.cos(angle) / period;
    double sine = StrictMath.sin(angle) / period;
    int[] row = new int[bounds.width];
    for (int i = 0; i < bounds.height; i++) {
      double dy = bounds.y + i + 0.5 - y;
      for (int j = 0; j < bounds.width; j++) {
        double dx = bounds.x + j + 0.5 - x;
        double u = dx * cosine + dy * sine + offsetU;
        double v = dy * cosine - dx * sine + offsetV;
        row[j] = colour(texture.at(u, v));
      }
      pixels.getRaster().setDataElements(0, i, bounds.width, 1, row);
    }
    return new TexturePaint(pixels, bounds);
  }

  private int colour(double value) {
    double share = Math.min(1, Math.max(0, 0.5 + 0.5 * crispness * value));
    int red = blend(first.getRed(), second.getRed(), share);
    int green = blend(first.getGreen(), second.getGreen(), share);
    int blue = blend(first.getBlue(), second.getBlue(), share);
    return red << 16 | green << 8 | blue;
  }

  private static int blend(int first, int second, double share) {
    return (int) Math.round(second + (first - second) * share);
  }
}
