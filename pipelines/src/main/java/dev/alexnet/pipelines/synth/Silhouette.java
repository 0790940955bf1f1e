package dev.alexnet.pipelines.synth;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/**
 * The shape of an object, in a square from -0.5 to 0.5 with y downwards. The meaning of a seed
 * depends on the order: see {@link SyntheticClass#first}.
 */
enum Silhouette {
  DISC("disc"),
  TRIANGLE("triangle"),
  CROSS("cross"),
  STAR("star"),
  CRESCENT("crescent"),

  HEART("heart"),
  ARROW("arrow"),
  SQUARE("square"),
  RING("ring"),
  HOURGLASS("hourglass"),

  BAR("bar"),
  DROP("drop"),
  HORSESHOE("horseshoe"),
  CHEVRON("chevron"),
  HALF_DISC("half-disc"),

  DIAMOND("diamond"),
  FLOWER("flower"),
  BOLT("bolt"),
  FRAME("frame"),
  TEE("tee"),

  PENTAGON("pentagon"),
  GEAR("gear"),
  LEAF("leaf"),
  CORNER("corner"),
  OVAL("oval");

  private final String noun;

  Silhouette(String noun) {
    this.noun = noun;
  }

  String noun() {
    return noun;
  }

  Shape outline() {
    return switch (this) {
      case DISC -> disc(0, 0, 0.46);
      case TRIANGLE -> star(3, 0.52, 0.26);
      case CROSS -> union(box(-0.15, -0.5, 0.15, 0.5), box(-0.5, -0.15, 0.5, 0.15));
      case STAR -> star(5, 0.54, 0.22);
      case CRESCENT -> without(disc(0, 0, 0.5), disc(0.24, 0, 0.4));
      case HEART -> heart();
      case ARROW -> polygon(-.5, -.14, 0, -.14, 0, -.42, .5, 0, 0, .42, 0, .14, -.5, .14);
      case SQUARE -> box(-0.4, -0.4, 0.4, 0.4);
      case RING -> without(disc(0, 0, 0.5), disc(0, 0, 0.22));
      case HOURGLASS -> polygon(-.4, -.48, .4, -.48, .1, 0, .4, .48, -.4, .48, -.1, 0);
      case BAR -> box(-0.5, -0.17, 0.5, 0.17);
      case DROP -> union(disc(0, 0.18, 0.32), polygon(-.3, .08, 0, -.5, .3, .08));
      case HORSESHOE -> without(disc(0, 0, 0.5), union(disc(0, 0, 0.22), box(-0.22, 0, 0.22, 0.5)));
      case CHEVRON -> polygon(-.4, -.5, 0, -.5, .4, 0, 0, .5, -.4, .5, 0, 0);
      case HALF_DISC -> without(disc(0, 0.2, 0.5), box(-0.5, 0.2, 0.5, 0.8));
      case DIAMOND -> polygon(-.5, 0, 0, -.28, .5, 0, 0, .28);
      case FLOWER -> flower();
      case BOLT -> polygon(.1, -.5, -.34, .1, -.04, .1, -.12, .5, .34, -.12, .04, -.12, .3, -.5);
      case FRAME -> without(box(-0.45, -0.45, 0.45, 0.45), box(-0.2, -0.2, 0.2, 0.2));
      case TEE -> union(box(-0.45, -0.45, 0.45, -0.15), box(-0.15, -0.45, 0.15, 0.5));
      case PENTAGON -> star(5, 0.5, 0.4045);
      case GEAR -> without(star(10, 0.53, 0.36), disc(0, 0, 0.13));
      case LEAF -> intersection(disc(0, -0.3, 0.58), disc(0, 0.3, 0.58));
      case CORNER -> union(box(-0.42, -0.42, -0.12, 0.45), box(-0.42, 0.15, 0.45, 0.45));
      case OVAL -> new Ellipse2D.Double(-0.5, -0.27, 1, 0.54);
    };
  }

  private static Shape disc(double x, double y, double radius) {
    return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
  }

  private static Shape box(double left, double top, double right, double bottom) {
    return new Rectangle2D.Double(left, top, right - left, bottom - top);
  }

  private static Shape polygon(double... coordinates) {
    Path2D path = new Path2D.Double();
    path.moveTo(coordinates[0], coordinates[1]);
    for (int i = 2; i < coordinates.length; i += 2) {
      path.lineTo(coordinates[i], coordinates[i + 1]);
    }
    path.closePath();
    return path;
  }

  /** Points at the outer radius with notches at the inner one between them, the first upwards. */
  private static Shape star(int points, double outer, double inner) {
    double[] coordinates = new double[4 * points];
    for (int i = 0; i < 2 * points; i++) {
      double angle = Math.PI * i / points;
      double radius = i % 2 == 0 ? outer : inner;
      coordinates[2 * i] = radius * StrictMath.sin(angle);
      coordinates[2 * i + 1] = -radius * StrictMath.cos(angle);
    }
    return polygon(coordinates);
  }

  private static Shape heart() {
    Path2D path = new Path2D.Double();
    path.moveTo(0, 0.5);
    path.curveTo(-0.25, 0.25, -0.5, 0.05, -0.5, -0.18);
    path.curveTo(-0.5, -0.5, -0.1, -0.52, 0, -0.22);
    path.curveTo(0.1, -0.52, 0.5, -0.5, 0.5, -0.18);
    path.curveTo(0.5, 0.05, 0.25, 0.25, 0, 0.5);
    path.closePath();
    return path;
  }

  private static Shape flower() {
    Area area = new Area(disc(0, 0, 0.2));
    for (int petal = 0; petal < 5; petal++) {
      AffineTransform turn = AffineTransform.getRotateInstance(petal * 2 * Math.PI / 5);
      area.add(new Area(turn.createTransformedShape(disc(0, -0.32, 0.18))));
    }
    return area;
  }

  private static Shape union(Shape left, Shape right) {
    Area area = new Area(left);
    area.add(new Area(right));
    return area;
  }

  private static Shape without(Shape whole, Shape hole) {
    Area area = new Area(whole);
    area.subtract(new Area(hole));
    return area;
  }

  private static Shape intersection(Shape left, Shape right) {
    Area area = new Area(left);
    area.intersect(new Area(right));
    return area;
  }
}
