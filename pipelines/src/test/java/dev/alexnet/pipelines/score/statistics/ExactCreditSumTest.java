package dev.alexnet.pipelines.score.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExactCreditSumTest {

  @Test
  void error_ofTies_isExact() {
    ExactCreditSum credits = new ExactCreditSum();
    for (int image = 0; image < 3_000_000; image++) {
      credits.add(new Rank(0, 3), 1);
    }
    // Adding a third as a double three million times gives 1000000.0000162.
    assertThat(credits.error(3_000_000)).isEqualTo(2.0 / 3);
    assertThat(credits.error(1_000_000)).isZero();
  }

  @Test
  void error_ofSeveralDenominators_isTheFractionsSum() {
    ExactCreditSum credits = new ExactCreditSum();
    credits.add(new Rank(0, 1), 1);
    credits.add(new Rank(0, 2), 1);
    credits.add(new Rank(0, 7), 1);
    credits.add(new Rank(1, 1), 1);
    // 1 - (1 + 1/2 + 1/7) / 4 = 33/56
    assertThat(credits.error(4)).isEqualTo(33.0 / 56);
  }

  @Test
  void error_ofSumsInAnotherOrder_isTheSame() {
    ExactCreditSum all = new ExactCreditSum();
    ExactCreditSum first = new ExactCreditSum();
    ExactCreditSum second = new ExactCreditSum();
    for (int tied = 1; tied <= 997; tied += 2) {
      Rank rank = new Rank(tied % 4, tied);
      all.add(rank, 5);
      (tied % 3 == 0 ? first : second).add(rank, 5);
    }
    second.add(first);
    assertThat(second).isEqualTo(all);
    assertThat(second.error(499)).isEqualTo(all.error(499));
  }
}
