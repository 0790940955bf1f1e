package dev.alexnet.pipelines.score;

import dev.alexnet.infra.failure.Failure;

/**
 * Where an image's class stands among all classes.
 *
 * @param greater how many classes are more probable
 * @param tied how many are as probable, the class itself included
 */
record Rank(int greater, int tied) {
  /**
   * @throws Failure of kind NOT_FINITE if a probability is not finite: comparisons with it are all
   *     false, so a class of that probability would be the first
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
   * @throws Failure of kind NOT_FINITE if one of them is not
   */
  static void requireFinite(float[] probabilities) {
    for (int label = 0; label < probabilities.length; label++) {
      if (!Float.isFinite(probabilities[label])) {
        throw new Failure(
            Failure.Kind.NOT_FINITE,
            "The probability of the class with the label %d is %s, so classes cannot be ranked; the training of the model did not end well. Score an earlier checkpoint's model, or train again"
                .formatted(label, probabilities[label]));
      }
    }
  }

  /**
   * How many of the first k places are left for those that tie: the class's credit is this over
   * {@link #tied}, as the original program counts. So a network that says the same of everything is
   * not right about everything.
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
