package dev.alexnet.pipelines.synth;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.util.List;

/** Draws the background: a gradient and clutter, independent of the class. */
final class Background {
  private static final List<Texture> TEXTURES = List.of(Texture.values());

  private final PictureRandom random;
  private final Graphics2D graphics;
  private final int width;
  private final int height;
  private final int side;

  Background(PictureRandom random, Graphics2D graphics, int width, int height) {
    this.random = random;
    this.graphics = graphics;
    this.width = width;
    this.height = height;
    this.side = Math.min(width, height);
  }

  void draw(Color colour) {
    graphics.setPaint(new GradientPaint(randomPoint(), near(colour), randomPoint(), near(colour)));
    graphics.fillRect(0, 0, width, height);
    int pieces = random.wholeBetween(3, 8);
    for (int i = 0; i < pieces; i++) {
      graphics.setPaint(translucent(random.mutedColour()));
      drawClutter();
    }
    if (random.chance(0.4)) {
      drawTexturedPatch(colour);
    }
  }

  private void drawClutter() {
    Point2D at = randomPoint();
    double size = side * random.between(0.06, 0.3);
    if (random.chance(0.4)) {
      graphics.setStroke(new BasicStroke((float) (side * random.between(0.01, 0.05))));
      graphics.draw(new Line2D.Double(at, randomPoint()));
    } else {
      graphics.fill(patch(at, size));
    }
  }

  /** A piece of a random texture in the background, so that texture alone gives less away. */
  private void drawTexturedPatch(Color colour) {
    Shape patch = patch(randomPoint(), side * random.between(0.2, 0.4));
    double period = side * random.between(0.08, 0.16);
    Texture texture = random.oneOf(TEXTURES);
    TextureFill.draw(random, texture, near(colour), random.mutedColour(), period)
        .fill(graphics, patch);
  }

  /** A shape that is not of any class: an oval or a quadrangle of any proportions. */
  private Shape patch(Point2D at, double size) {
    double length = size * random.between(0.5, 1.5);
    Shape shape =
        random.chance(0.5)
            ? new Ellipse2D.Double(-length / 2, -size / 2, length, size)
            : quadrangle(length, size);
    AffineTransform transform = AffineTransform.getTranslateInstance(at.getX(), at.getY());
    transform.rotate(random.angle());
    return transform.createTransformedShape(shape);
  }

  private Shape quadrangle(double length, double size) {
    Path2D path = new Path2D.Double();
    path.moveTo(-length * random.between(0.2, 0.5), -size * random.between(0.2, 0.5));
    path.lineTo(length * random.between(0.2, 0.5), -size * random.between(0.2, 0.5));
    path.lineTo(length * random.between(0.2, 0.5), size * random.between(0.2, 0.5));
    path.lineTo(-length * random.between(0.2, 0.5), size * random.between(0.2, 0.5));
    path.closePath();
    return path;
  }

  private Point2D randomPoint() {
    return new Point2D.Double(random.between(0, width), random.between(0, height));
  }

  private Color near(Color colour) {
    return new Color(near(colour.getRed()), near(colour.getGreen()), near(colour.getBlue()));
  }

  private int near(int channel) {
    return Math.min(255, Math.max(0, channel + random.wholeBetween(-25, 25)));
  }

  private Color translucent(Color colour) {
    int alpha = random.wholeBetween(80, 255);
    return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), alpha);
  }
}
