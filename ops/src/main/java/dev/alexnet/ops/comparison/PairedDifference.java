package dev.alexnet.ops.comparison;

/**
 * The difference of two error rates on the same images.
 *
 * @param difference the error of the second minus that of the first, −1 to 1
 * @param interval its 95 % confidence interval, from the differences of the single images; null if
 *     there is only one image
 * @param onlyFirst how many images only the first gets right, or more of one whose class ties
 * @param onlySecond the same of the second
 * @param probability that equally good networks would differ at least as much: McNemar's exact test
 */
record PairedDifference(
    double difference, Bounds interval, long onlyFirst, long onlySecond, double probability) {

  /** Adds up images. */
  static final class Sum {
    /** The 97.5 % quantile of the standard normal distribution. */
    private static final double QUANTILE = 1.959963984540054;

    private long images;
    private long onlyFirst;
    private long onlySecond;
    private double sum;
    private double squares;

    /**
     * @param first what the first gets of an image: 1 if it is right, less if the class ties
     * @param second the same of the second
     */
    void add(double first, double second) {
      double difference = first - second;
      images++;
      onlyFirst += difference > 0 ? 1 : 0;
      onlySecond += difference < 0 ? 1 : 0;
      sum += difference;
      squares += difference * difference;
    }

    long images() {
      return images;
    }

    PairedDifference difference() {
      double mean = images == 0 ? 0 : sum / images;
      return new PairedDifference(
          mean,
          images < 2 ? null : interval(mean),
          onlyFirst,
          onlySecond,
          McNemar.probability(onlyFirst, onlySecond));
    }

    private Bounds interval(double mean) {
      double variance = Math.max(0, squares - sum * mean) / (images - 1);
      double half = QUANTILE * Math.sqrt(variance / images);
      return new Bounds(mean - half, mean + half);
    }
  }
}
