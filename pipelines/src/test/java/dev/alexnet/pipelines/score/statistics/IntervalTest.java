package dev.alexnet.pipelines.score.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalTest {

  /** From scipy.stats.binomtest(wrong, count).proportion_ci(0.95, "wilson"): interval_golden.py. */
  @ParameterizedTest
  @CsvSource({
    "0, 1, 0.0, 0.7934506856227626",
    "1, 1, 0.20654931437723745, 1.0",
    "0, 53, 0.0, 0.06758198857654187",
    "7, 53, 0.06547853284463251, 0.24840255308904924",
    "18737, 50000, 0.37050691752334625, 0.3789923282432926",
    "8500, 50000, 0.16673287439283743, 0.17331782896809825",
    "50000, 50000, 0.999923176725855, 1.0",
    "0, 0, 0, 1"
  })
  void of_aShare_isWhatScipyGives(long wrong, long count, double low, double high) {
    Interval interval = Interval.of(count == 0 ? 1 : (double) wrong / count, count);
    assertThat(interval.low()).isCloseTo(low, within(1e-12));
    assertThat(interval.high()).isCloseTo(high, within(1e-12));
  }
}
