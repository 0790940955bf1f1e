package dev.alexnet.pipelines.synth;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/**
 * Draws the scene: a cluttered background, the objects of a class, and sometimes something in front
 * of them. Only the arrangement, shape and texture depend on the class.
 */
final class Scene {
  // In radians, in both directions; being upright remains a clue, as for most things in
  // photographs.
  private static final double TILT = 0.4;

  private final PictureRandom random;
  private final Graphics2D graphics;
  private final int width;
  private final int height;
  private final int side;
  private final Palette palette;

  private Scene(PictureRandom random, Graphics2D graphics, int width, int height) {
    this.random = random;
    this.graphics = graphics;
    this.width = width;
    this.height = height;
    this.side = Math.min(width, height);
    this.palette = Palette.draw(random);
  }

  static BufferedImage draw(SyntheticClass kind, int width, int height, PictureRandom random) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      Scene scene = new Scene(random, graphics, width, height);
      new Background(random, graphics, width, height).draw(scene.palette.background());
      scene.drawObjects(kind);
    } finally {
      graphics.dispose();
    }
    return image;
  }

  private void drawObjects(SyntheticClass kind) {
    Arrangement arrangement = kind.arrangement();
    double size = side * random.between(0.55, 0.8) * arrangement.spread();
    double slack = 0.35 * (side - size);
    AffineTransform group =
        AffineTransform.getTranslateInstance(
            width / 2.0 + random.between(-slack, slack),
            height / 2.0 + random.between(-slack, slack));
    group.rotate(random.between(-TILT, TILT));
    double objectSize = size * arrangement.scale();
    double period = Math.max(objectSize, 0.45 * side) * random.between(0.2, 0.28);
    TextureFill fill =
        TextureFill.draw(random, kind.texture(), palette.first(), palette.second(), period);
    for (Point2D centre : arrangement.centres()) {
      AffineTransform place = new AffineTransform(group);
      place.translate(centre.getX() * size, centre.getY() * size);
      Shape object = outline(kind.silhouette(), place, objectSize);
      fill.fill(graphics, object);
      if (arrangement == Arrangement.OUTLINED) {
        graphics.setPaint(random.colour());
        graphics.setStroke(new BasicStroke((float) (0.09 * objectSize)));
        graphics.draw(object);
      }
    }
    if (random.chance(0.3)) {
      drawOccluder(group, size);
    }
  }

  private Shape outline(Silhouette silhouette, AffineTransform place, double size) {
    place.rotate(random.between(-0.2, 0.2));
    place.shear(random.between(-0.15, 0.15), 0);
    place.scale(size * random.between(0.85, 1.15), size);
    return place.createTransformedShape(silhouette.outline());
  }

  /** A bar or a spot in front of a small part of the object. */
  private void drawOccluder(AffineTransform group, double size) {
    AffineTransform place = new AffineTransform(group);
    place.rotate(random.angle());
    place.translate(random.between(0.1, 0.45) * size, 0);
    double thickness = size * random.between(0.06, 0.14);
    Shape shape =
        random.chance(0.5)
            ? new Rectangle2D.Double(-thickness / 2, -size, thickness, 2 * size)
            : new Ellipse2D.Double(-thickness, -thickness, 2 * thickness, 2 * thickness);
    graphics.setPaint(random.colour());
    graphics.fill(place.createTransformedShape(shape));
  }
}
