package dev.alexnet.pipelines.score;

import dev.alexnet.infra.failure.Failure;

/**
 * The rank of an image's class among all classes.
 *
 * @param greater how many classes are more probable
 * @param tied how many are equally probable, including the class itself
 */
record Rank(int greater, int tied) {
  /**
   * @throws Failure of kind NOT_FINITE if a probability is not finite: all comparisons with it are
   *     false, so a class with that probability would rank first
   */
  static Rank of(float[] probabilities, int label) {
    requireFinite(probabilities);
    int greater = 0;
    int tied = 0;
    for (float probability : probabilities) {
      greater += probability > probabilities[label] ? 1 : 0;
      tied += probability == probabilities[label] ? 1 : 0;
    }
    return new Rank(greater, tied);
  }

  /**
   * @throws Failure of kind NOT_FINITE if one of the probabilities is not finite
   */
  static void requireFinite(float[] probabilities) {
    for (int label = 0; label < probabilities.length; label++) {
      if (!Float.isFinite(probabilities[label])) {
        throw new Failure(
            Failure.Kind.NOT_FINITE,
            "The probability of the class with the label %d is %s, so classes cannot be ranked; the training of the model diverged. Score the model of an earlier checkpoint, or train again"
                .formatted(label, probabilities[label]));
      }
    }
  }

  /**
   * How many of the first k places are left for the tied classes. The credit of the class is this
   * number divided by {@link #tied}, as in the original program, so a network that gives every
   * class the same probability does not count as always right.
   *
   * @return 0 to {@code tied}
   */
  int places(int k) {
    return Math.max(0, Math.min(tied, k - greater));
  }

  double credit(int k) {
    return (double) places(k) / tied;
  }
}
