package dev.alexnet.pipelines.score;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.TreeMap;

/**
 * An exact sum of credits, kept as one numerator per denominator, so that the order of additions
 * does not matter. Mutable.
 */
final class ExactCreditSum implements Serializable {
  private static final long serialVersionUID = 1L;

  private final TreeMap<Integer, Long> numerators = new TreeMap<>();

  void add(Rank rank, int k) {
    int places = rank.places(k);
    if (places == rank.tied()) {
      numerators.merge(1, 1L, Long::sum);
    } else if (places > 0) {
      numerators.merge(rank.tied(), (long) places, Long::sum);
    }
  }

  void add(ExactCreditSum other) {
    other.numerators.forEach(
        (denominator, numerator) -> numerators.merge(denominator, numerator, Long::sum));
  }

  /**
   * The share of images that are wrong, rounded to the nearest double.
   *
   * @param of the number of images, at least 1
   */
  double error(long of) {
    BigInteger denominator = BigInteger.ONE;
    for (int part : numerators.keySet()) {
      BigInteger tied = BigInteger.valueOf(part);
      denominator = denominator.multiply(tied).divide(denominator.gcd(tied));
    }
    BigInteger right = BigInteger.ZERO;
    for (var part : numerators.entrySet()) {
      right =
          right.add(
              denominator
                  .divide(BigInteger.valueOf(part.getKey()))
                  .multiply(BigInteger.valueOf(part.getValue())));
    }
    BigInteger all = denominator.multiply(BigInteger.valueOf(of));
    return new BigDecimal(all.subtract(right))
        .divide(new BigDecimal(all), MathContext.DECIMAL128)
        .doubleValue();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ExactCreditSum credits && credits.numerators.equals(numerators);
  }

  @Override
  public int hashCode() {
    return numerators.hashCode();
  }
}
