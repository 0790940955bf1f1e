package dev.alexnet.pipelines.synth;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Draws what is before the camera: a cluttered background, the objects of a class, and sometimes
 * something in front of them. Only the arrangement, shape and texture come from the class.
 */
final class Scene {
  private static final double TILT = 0.7;
  private static final List<Texture> TEXTURES = List.of(Texture.values());

  private final Dice dice;
  private final Graphics2D graphics;
  private final int width;
  private final int height;
  private final int side;
  private final Palette palette;

  private Scene(Dice dice, Graphics2D graphics, int width, int height) {
    this.dice = dice;
    this.graphics = graphics;
    this.width = width;
    this.height = height;
    this.side = Math.min(width, height);
    this.palette = Palette.draw(dice);
  }

  static BufferedImage draw(SyntheticClass kind, int width, int height, Dice dice) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      Scene scene = new Scene(dice, graphics, width, height);
      scene.drawBackground();
      scene.drawObjects(kind);
    } finally {
      graphics.dispose();
    }
    return image;
  }

  private void drawBackground() {
    graphics.setPaint(
        new GradientPaint(
            randomPoint(), near(palette.background()), randomPoint(), near(palette.background())));
    graphics.fillRect(0, 0, width, height);
    int pieces = dice.wholeBetween(4, 10);
    for (int i = 0; i < pieces; i++) {
      graphics.setPaint(translucent(dice.colour()));
      drawClutter();
    }
    if (dice.chance(0.4)) {
      drawTexturedPatch();
    }
  }

  private void drawClutter() {
    Point2D at = randomPoint();
    double size = side * dice.between(0.06, 0.3);
    if (dice.chance(0.4)) {
      graphics.setStroke(new BasicStroke((float) (side * dice.between(0.01, 0.05))));
      graphics.draw(new Line2D.Double(at, randomPoint()));
    } else {
      graphics.fill(patch(at, size));
    }
  }

  /** A piece of any texture at all in the background, so that texture alone tells less. */
  private void drawTexturedPatch() {
    Shape patch = patch(randomPoint(), side * dice.between(0.2, 0.4));
    double period = side * dice.between(0.08, 0.16);
    fill(patch, dice.oneOf(TEXTURES), near(palette.background()), dice.colour(), period);
  }

  /** A shape of no class: an oval or a quadrangle of any proportions. */
  private Shape patch(Point2D at, double size) {
    double length = size * dice.between(0.5, 1.5);
    Shape shape =
        dice.chance(0.5)
            ? new Ellipse2D.Double(-length / 2, -size / 2, length, size)
            : quadrangle(length, size);
    AffineTransform transform = AffineTransform.getTranslateInstance(at.getX(), at.getY());
    transform.rotate(dice.angle());
    return transform.createTransformedShape(shape);
  }

  private Shape quadrangle(double length, double size) {
    Path2D path = new Path2D.Double();
    path.moveTo(-length * dice.between(0.2, 0.5), -size * dice.between(0.2, 0.5));
    path.lineTo(length * dice.between(0.2, 0.5), -size * dice.between(0.2, 0.5));
    path.lineTo(length * dice.between(0.2, 0.5), size * dice.between(0.2, 0.5));
    path.lineTo(-length * dice.between(0.2, 0.5), size * dice.between(0.2, 0.5));
    path.closePath();
    return path;
  }

  private void drawObjects(SyntheticClass kind) {
    Arrangement arrangement = kind.arrangement();
    double size = side * dice.between(0.45, 0.72) * (arrangement.centres().size() > 1 ? 1.3 : 1);
    double slack = 0.35 * Math.max(0, side - size);
    AffineTransform group =
        AffineTransform.getTranslateInstance(
            width / 2.0 + dice.between(-slack, slack), height / 2.0 + dice.between(-slack, slack));
    group.rotate(dice.between(-TILT, TILT));
    double objectSize = size * arrangement.scale();
    double period = Math.max(objectSize, 0.45 * side) * dice.between(0.2, 0.28);
    TextureFill fill =
        TextureFill.draw(dice, kind.texture(), palette.first(), palette.second(), period);
    for (Point2D centre : arrangement.centres()) {
      AffineTransform place = new AffineTransform(group);
      place.translate(centre.getX() * size, centre.getY() * size);
      place.rotate(dice.between(-0.2, 0.2));
      place.shear(dice.between(-0.15, 0.15), 0);
      place.scale(objectSize * dice.between(0.85, 1.15), objectSize);
      Shape object = place.createTransformedShape(kind.silhouette().outline());
      fill(object, fill);
      if (arrangement == Arrangement.OUTLINED) {
        graphics.setPaint(dice.colour());
        graphics.setStroke(new BasicStroke((float) (0.09 * objectSize)));
        graphics.draw(object);
      }
    }
    if (dice.chance(0.3)) {
      drawOccluder(group, size);
    }
  }

  /** A bar or a spot in front of a small part of the object. */
  private void drawOccluder(AffineTransform group, double size) {
    AffineTransform place = new AffineTransform(group);
    place.rotate(dice.angle());
    place.translate(dice.between(0.1, 0.45) * size, 0);
    double thickness = size * dice.between(0.06, 0.14);
    Shape shape =
        dice.chance(0.5)
            ? new Rectangle2D.Double(-thickness / 2, -size, thickness, 2 * size)
            : new Ellipse2D.Double(-thickness, -thickness, 2 * thickness, 2 * thickness);
    graphics.setPaint(dice.colour());
    graphics.fill(place.createTransformedShape(shape));
  }

  private void fill(Shape shape, Texture texture, Color first, Color second, double period) {
    fill(shape, TextureFill.draw(dice, texture, first, second, period));
  }

  private void fill(Shape shape, TextureFill fill) {
    graphics.setPaint(
        fill.paint(
            shape.getBounds(), shape.getBounds2D().getCenterX(), shape.getBounds2D().getCenterY()));
    graphics.fill(shape);
  }

  private Point2D randomPoint() {
    return new Point2D.Double(dice.between(0, width), dice.between(0, height));
  }

  private Color near(Color colour) {
    return new Color(near(colour.getRed()), near(colour.getGreen()), near(colour.getBlue()));
  }

  private int near(int channel) {
    return Math.min(255, Math.max(0, channel + dice.wholeBetween(-40, 40)));
  }

  private Color translucent(Color colour) {
    int alpha = dice.wholeBetween(80, 255);
    return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), alpha);
  }
}
