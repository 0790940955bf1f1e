package dev.alexnet.ops.comparison;

import org.apache.commons.math3.distribution.BinomialDistribution;

/**
 * McNemar's exact test: whether two networks that disagree on some images could be equally good.
 */
final class McNemar {
  private McNemar() {}

  /**
   * How probable it is that equally good networks divide the images that only one of them gets
   * right at least as unevenly, to either side.
   *
   * @param onlyFirst how many only the first gets right
   * @param onlySecond how many only the second gets right
   * @return 0 to 1; 1 if there are none
   */
  static double probability(long onlyFirst, long onlySecond) {
    int disagreements = Math.toIntExact(onlyFirst + onlySecond);
    if (disagreements == 0) {
      return 1;
    }
    int fewer = (int) Math.min(onlyFirst, onlySecond);
    double oneSide = new BinomialDistribution(disagreements, 0.5).cumulativeProbability(fewer);
    return Math.min(1, 2 * oneSide);
  }
}
