package dev.alexnet.pipelines.score.statistics;

import dev.alexnet.infra.failure.Failure;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;

/**
 * The rank of an image's class among all classes; if several are right, that of the best of them.
 *
 * @param greater how many classes are more probable
 * @param tied how many are equally probable, including the class itself
 * @param right how many of the tied ones are right, 1 to {@code tied}
 */
public record Rank(int greater, int tied, int right) {
  /** The rank of the only right class. */
  public Rank(int greater, int tied) {
    this(greater, tied, 1);
  }

  /**
   * @throws Failure of kind NOT_FINITE if a probability is not finite: all comparisons with it are
   *     false, so a class with that probability would rank first
   */
  public static Rank of(float[] probabilities, int label) {
    return of(probabilities, List.of(label));
  }

  /**
   * The rank of the best of several right classes.
   *
   * @param labels one at least, each once
   * @throws Failure of kind NOT_FINITE if a probability is not finite
   */
  public static Rank of(float[] probabilities, Collection<Integer> labels) {
    requireFinite(probabilities);
    float best = Float.NEGATIVE_INFINITY;
    for (int label : labels) {
      best = Math.max(best, probabilities[label]);
    }
    int greater = 0;
    int tied = 0;
    for (float probability : probabilities) {
      greater += probability > best ? 1 : 0;
      tied += probability == best ? 1 : 0;
    }
    int right = 0;
    for (int label : labels) {
      right += probabilities[label] == best ? 1 : 0;
    }
    return new Rank(greater, tied, right);
  }

  /**
   * @throws Failure of kind NOT_FINITE if one of the probabilities is not finite
   */
  public static void requireFinite(float[] probabilities) {
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
   * How many of the first k places are left for the tied classes. The credit of one right class is
   * this number divided by {@link #tied}, as in the original program, so a network that gives every
   * class the same probability does not count as always right.
   *
   * @return 0 to {@code tied}
   */
  int places(int k) {
    return Math.max(0, Math.min(tied, k - greater));
  }

  /** The probability that a right class has one of the first k places, if ties are drawn. */
  public double credit(int k) {
    return right == 1
        ? (double) places(k) / tied
        : 1 - missed(k)[0].doubleValue() / missed(k)[1].doubleValue();
  }

  /**
   * The probability that none of the places left for the tied classes goes to a right one.
   *
   * @return numerator and denominator, without common factors
   */
  BigInteger[] missed(int k) {
    BigInteger wrong = BigInteger.ONE;
    BigInteger all = BigInteger.ONE;
    for (int place = 0; place < places(k); place++) {
      wrong = wrong.multiply(BigInteger.valueOf(Math.max(0, tied - right - place)));
      all = all.multiply(BigInteger.valueOf(tied - place));
    }
    BigInteger common = wrong.gcd(all);
    return new BigInteger[] {wrong.divide(common), all.divide(common)};
  }
}
