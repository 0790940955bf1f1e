package dev.alexnet.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.alexnet.infra.failure.Failure;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  /** The original's {@code dexp[base=0.01; tgtFactor=250; numSteps=4]}. */
  @Test
  void dexp_overTheTraining_fallsInFourStepsToATwoHundredAndFiftieth() {
    double[] expected = {0.01, 1.587e-3, 2.520e-4, 4.0e-5};
    for (int quarter = 0; quarter < 4; quarter++) {
      double start = quarter / 4.0;
      assertThat(Schedule.DEXP.at(0.01, start).weights())
          .isCloseTo(expected[quarter], within(1e-3 * expected[quarter]));
      assertThat(Schedule.DEXP.at(0.01, start + 0.249).weights())
          .isEqualTo(Schedule.DEXP.at(0.01, start).weights());
    }
  }

  @Test
  void dexp_ofBiases_startsAtTwiceTheRateAndFallsOnce() {
    assertThat(Schedule.DEXP.at(0.01, 0).biases()).isEqualTo(0.02);
    assertThat(Schedule.DEXP.at(0.01, 0.499).biases()).isEqualTo(0.02);
    assertThat(Schedule.DEXP.at(0.01, 0.5).biases()).isCloseTo(0.002, within(1e-12));
    assertThat(Schedule.DEXP.at(0.01, 0.999).biases()).isCloseTo(0.002, within(1e-12));
  }

  @Test
  void constant_overTheTraining_staysWhatItIs() {
    assertThat(Schedule.CONSTANT.at(0.01, 0.999)).isEqualTo(new LearningRates(0.01, 0.02));
  }

  @Test
  void named_unknown_suggestsTheNearest() {
    assertThatThrownBy(() -> Schedule.named("dex"))
        .isInstanceOf(Failure.class)
        .hasMessage("schedule is 'dex'; did you mean 'dexp'?");
  }
}
