package dev.alexnet.pipelines.synth;

import java.awt.geom.Point2D;
import java.util.List;

/**
 * The arrangement of a class's objects, which distinguishes classes with the same shape and
 * texture.
 */
enum Arrangement {
  SINGLE("", 1, 1),
  OUTLINED("outlined ", 1, 1),
  TWIN("twin ", 1.25, 0.62),
  TRIPLE("triple ", 1.15, 0.54);

  private final String prefix;
  private final double spread;
  private final double scale;

  Arrangement(String prefix, double spread, double scale) {
    this.prefix = prefix;
    this.spread = spread;
    this.scale = scale;
  }

  String prefix() {
    return prefix;
  }

  /** The group's size, as a multiple of a single object's. */
  double spread() {
    return spread;
  }

  /** The size of one object, as a part of the whole group's size. */
  double scale() {
    return scale;
  }

  /** Where the objects are, for a group of size 1 about the origin. */
  List<Point2D> centres() {
    return switch (this) {
      case SINGLE, OUTLINED -> List.of(point(0, 0));
      case TWIN -> List.of(point(-0.36, 0), point(0.36, 0));
      case TRIPLE -> List.of(point(0, -0.38), point(-0.34, 0.26), point(0.34, 0.26));
    };
  }

  private static Point2D point(double x, double y) {
    return new Point2D.Double(x, y);
  }
}
