package dev.alexnet.ops.report;

import java.util.ArrayList;
import java.util.List;

/**
 * How well a model's confidence matches its accuracy: images in ten bins by the probability of
 * their most probable class.
 */
final class Reliability {
  private static final int BINS = 10;

  private final long[] images = new long[BINS];
  private final double[] confidence = new double[BINS];
  private final double[] right = new double[BINS];

  /**
   * The images of one bin.
   *
   * @param from the least probability, 0 to 0.9
   * @param to the greatest
   * @param images how many
   * @param confidence the mean probability of their most probable class
   * @param accuracy the share of them for which that class is right
   */
  record Bin(double from, double to, long images, double confidence, double accuracy) {}

  /**
   * @param probability of the most probable class, 0 to 1
   * @param credit how much the image counts as right, 0 to 1
   */
  void add(double probability, double credit) {
    int bin = Math.min(BINS - 1, (int) (probability * BINS));
    images[bin]++;
    confidence[bin] += probability;
    right[bin] += credit;
  }

  /** The bins that have images. */
  List<Bin> bins() {
    List<Bin> bins = new ArrayList<>();
    for (int i = 0; i < BINS; i++) {
      if (images[i] > 0) {
        bins.add(
            new Bin(
                (double) i / BINS,
                (i + 1.0) / BINS,
                images[i],
                confidence[i] / images[i],
                right[i] / images[i]));
      }
    }
    return bins;
  }

  /** The mean distance between accuracy and confidence, weighted by the images of each bin. */
  double calibrationError() {
    long total = bins().stream().mapToLong(Bin::images).sum();
    return bins().stream()
        .mapToDouble(bin -> bin.images() * Math.abs(bin.accuracy() - bin.confidence()) / total)
        .sum();
  }
}
