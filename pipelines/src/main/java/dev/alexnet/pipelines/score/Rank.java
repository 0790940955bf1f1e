package dev.alexnet.pipelines.score;

/**
 * Where an image's class stands among all classes.
 *
 * @param greater how many classes are more probable
 * @param tied how many are as probable, the class itself included
 */
record Rank(int greater, int tied) {
  static Rank of(float[] probabilities, int label) {
    int greater = 0;
    int tied = 0;
    for (float probability : probabilities) {
      greater += probability > probabilities[label] ? 1 : 0;
      tied += probability == probabilities[label] ? 1 : 0;
    }
    return new Rank(greater, tied);
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
