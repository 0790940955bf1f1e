package dev.alexnet.pipelines.synth;

import java.awt.Color;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** The random draws of one picture. Equal origins give equal draws. */
final class PictureRandom {
  private final SplittableRandom random;

  private PictureRandom(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Draws that depend on all numbers of the origin and on nothing else. */
  static PictureRandom of(long... origin) {
    long seed = 0;
    for (long part : origin) {
      seed = new SplittableRandom(seed ^ part).nextLong();
    }
    return new PictureRandom(seed);
  }

  double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  /** A whole number from {@code low} to {@code high}, both included. */
  int wholeBetween(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  double angle() {
    return between(0, 2 * Math.PI);
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  <T> void shuffle(List<T> list) {
    for (int last = list.size() - 1; last > 0; last--) {
      Collections.swap(list, last, wholeBetween(0, last));
    }
  }

  int bits() {
    return random.nextInt();
  }

  /** An opaque colour, uniform over the RGB cube except for its darkest and brightest parts. */
  Color colour() {
    return new Color(channel(), channel(), channel());
  }

  /** An opaque colour near middle grey, uniform over a small RGB cube. */
  Color mutedColour() {
    return new Color(mutedChannel(), mutedChannel(), mutedChannel());
  }

  private int mutedChannel() {
    return wholeBetween(92, 163);
  }

  private int channel() {
    return wholeBetween(16, 239);
  }
}
