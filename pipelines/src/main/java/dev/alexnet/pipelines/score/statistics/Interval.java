package dev.alexnet.pipelines.score.statistics;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The 95 % confidence interval of a share (Wilson, 1927), which is also valid for shares near 0 and
 * 1.
 *
 * @param low 0 to 1
 * @param high 0 to 1
 */
public record Interval(@JsonProperty("low") double low, @JsonProperty("high") double high) {
  /** The 97.5 % quantile of the standard normal distribution. */
  private static final double QUANTILE = 1.959963984540054;

  /**
   * @param share 0 to 1
   * @param count the sample size; if it is 0, nothing is known and the interval is 0 to 1
   */
  public static Interval of(double share, long count) {
    if (count == 0) {
      return new Interval(0, 1);
    }
    double square = QUANTILE * QUANTILE / count;
    double centre = (share + square / 2) / (1 + square);
    double half = QUANTILE * Math.sqrt((share * (1 - share) + square / 4) / count) / (1 + square);
    // Rounding would give a little more than 0 or less than 1.
    return new Interval(share == 0 ? 0 : centre - half, share == 1 ? 1 : centre + half);
  }
}
