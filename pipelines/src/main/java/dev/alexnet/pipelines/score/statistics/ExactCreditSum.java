package dev.alexnet.pipelines.score.statistics;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Objects;
import java.util.TreeMap;

/**
 * An exact sum of credits, kept as one numerator per denominator, so that the order of additions
 * does not matter. Mutable.
 */
public final class ExactCreditSum implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Counted apart from the fractions, because nearly every image has a credit of 0 or 1. */
  private long whole;

  private final TreeMap<BigInteger, BigInteger> fractions = new TreeMap<>();

  public void add(Rank rank, int k) {
    int places = rank.places(k);
    if (places == rank.tied()) {
      whole++;
    } else if (places > 0) {
      BigInteger[] missed = rank.missed(k);
      add(missed[1], missed[1].subtract(missed[0]));
    }
  }

  private void add(BigInteger denominator, BigInteger numerator) {
    fractions.merge(denominator, numerator, BigInteger::add);
  }

  public void add(ExactCreditSum other) {
    whole += other.whole;
    other.fractions.forEach(this::add);
  }

  /**
   * The share of images that are wrong, rounded to the nearest double.
   *
   * @param of the number of images, at least 1
   */
  public double error(long of) {
    BigInteger denominator = BigInteger.ONE;
    for (BigInteger part : fractions.keySet()) {
      denominator = denominator.multiply(part).divide(denominator.gcd(part));
    }
    BigInteger right = denominator.multiply(BigInteger.valueOf(whole));
    for (var part : fractions.entrySet()) {
      right = right.add(denominator.divide(part.getKey()).multiply(part.getValue()));
    }
    BigInteger all = denominator.multiply(BigInteger.valueOf(of));
    return new BigDecimal(all.subtract(right))
        .divide(new BigDecimal(all), MathContext.DECIMAL128)
        .doubleValue();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ExactCreditSum credits
        && credits.whole == whole
        && credits.fractions.equals(fractions);
  }

  @Override
  public int hashCode() {
    return Objects.hash(whole, fractions);
  }
}
