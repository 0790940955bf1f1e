package dev.alexnet.pipelines.synth;

/**
 * The texture of an object: a pattern of two colours. Each is a function on the plane, positive
 * where the first colour shows and negative where the second does; one unit of length is one
 * period.
 */
enum Texture {
  STRIPED("striped"),
  DOTTED("dotted"),
  CHECKED("checked"),
  RINGED("ringed"),
  ZIGZAG("zigzag"),
  RAYED("rayed"),
  GRIDDED("gridded"),
  MOTTLED("mottled"),
  BRICKED("bricked"),
  SPIRALLED("spiralled");

  private static final double ANYWHERE = 1000;
  private static final double NEAR_CENTRE = 0.5;

  private final String adjective;

  Texture(String adjective) {
    this.adjective = adjective;
  }

  String adjective() {
    return adjective;
  }

  /**
   * How far, in periods, the pattern's origin may lie from the object's centre: near it if the
   * pattern is centred on a point, otherwise anywhere.
   */
  double wander() {
    return switch (this) {
      case RINGED, RAYED, SPIRALLED -> NEAR_CENTRE;
      default -> ANYWHERE;
    };
  }

  /** The pattern at a point of the plane; about -1 to 1. */
  double at(double u, double v) {
    return switch (this) {
      case STRIPED -> wave(u);
      case DOTTED -> 2 * (0.66 - 2 * Math.hypot(toCentre(u), toCentre(v)));
      case CHECKED -> 2 * wave(u) * wave(v);
      case RINGED -> wave(Math.hypot(u, v));
      case ZIGZAG -> wave(u + 0.3 * wave(0.8 * v));
      case RAYED -> Math.hypot(u, v) * wave(8 * turn(u, v));
      case GRIDDED -> 2 * (Math.max(wave(u), wave(v)) - 0.35);
      case MOTTLED -> 3 * (noise(1.6 * u, 1.6 * v) - 0.5);
      case BRICKED -> bricks(u, v);
      case SPIRALLED -> wave(Math.hypot(u, v) + turn(u, v));
    };
  }

  /** A triangle wave of period 1 between -1 (at whole numbers) and 1. */
  private static double wave(double x) {
    return 1 - 4 * Math.abs(toCentre(x));
  }

  /** The signed distance of x from the middle of its unit cell, -0.5 to 0.5. */
  private static double toCentre(double x) {
    return x - Math.floor(x) - 0.5;
  }

  private static double turn(double u, double v) {
    return StrictMath.atan2(v, u) / (2 * Math.PI);
  }

  private static double bricks(double u, double v) {
    double row = 1.3 * v;
    double shifted = 0.6 * u + (Math.floorMod((long) Math.floor(row), 2) == 0 ? 0 : 0.5);
    double mortar = Math.max(2 * Math.abs(toCentre(row)), 2 * Math.abs(toCentre(shifted)));
    return 4 * (0.72 - mortar);
  }

  /** Smooth value noise, 0 to 1, with one random value per lattice point. */
  private static double noise(double u, double v) {
    long column = (long) Math.floor(u);
    long row = (long) Math.floor(v);
    double right = smooth(u - column);
    double down = smooth(v - row);
    double top = mix(lattice(column, row), lattice(column + 1, row), right);
    double bottom = mix(lattice(column, row + 1), lattice(column + 1, row + 1), right);
    return mix(top, bottom, down);
  }

  private static double mix(double from, double to, double share) {
    return from + (to - from) * share;
  }

  private static double smooth(double x) {
    return x * x * (3 - 2 * x);
  }

  /** The finalizer of SplitMix64 on both coordinates. */
  private static double lattice(long column, long row) {
    long bits = column * 0x9E3779B97F4A7C15L ^ row * 0xC2B2AE3D27D4EB4FL;
    bits = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    bits = (bits ^ (bits >>> 27)) * 0x94D049BB133111EBL;
    return ((bits ^ (bits >>> 31)) >>> 11) * 0x1.0p-53;
  }
}
