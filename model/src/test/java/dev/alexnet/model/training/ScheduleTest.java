package dev.alexnet.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.network.Presets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {

  /** The original's {@code dexp[base=0.01; tgtFactor=250; numSteps=4]}. */
  @Test
  void dexp_overTheTraining_fallsInFourStepsToATwoHundredAndFiftieth() {
    double[] expected = {0.01, 1.587e-3, 2.520e-4, 4.0e-5};
    for (int quarter = 0; quarter < 4; quarter++) {
      double start = quarter / 4.0;
      assertThat(rates(Schedule.DEXP, start).weights())
          .isCloseTo(expected[quarter], within(1e-3 * expected[quarter]));
      assertThat(rates(Schedule.DEXP, start + 0.249).weights())
          .isEqualTo(rates(Schedule.DEXP, start).weights());
    }
  }

  private static LearningRates rates(Schedule schedule, double done) {
    return LearningRates.start(0.01, 2).times(schedule.factors(done, 0), 1);
  }

  @Test
  void dexp_ofBiases_startsAtTwiceTheRateAndFallsOnce() {
    assertThat(rates(Schedule.DEXP, 0).biases()).isEqualTo(0.02);
    assertThat(rates(Schedule.DEXP, 0.499).biases()).isEqualTo(0.02);
    assertThat(rates(Schedule.DEXP, 0.5).biases()).isCloseTo(0.002, within(1e-12));
    assertThat(rates(Schedule.DEXP, 0.999).biases()).isCloseTo(0.002, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.01, 0.02",
    "22.9, 0.01, 0.02",
    "23, 0.001, 0.02",
    "51, 0.0001, 0.002",
    "77.9, 0.0001, 0.002",
    "78, 0.00001, 0.002",
    "92.9, 0.00001, 0.002"
  })
  void epochs_of93_fallsWhereThePublishedTrainingDid(double epoch, double weights, double biases) {
    LearningRates rates = rates(Schedule.EPOCHS, epoch / 93);
    assertThat(rates.weights()).isCloseTo(weights, within(1e-9 * weights));
    assertThat(rates.biases()).isCloseTo(biases, within(1e-9 * biases));
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 1", "1, 0.1, 0.1", "2, 0.01, 0.1", "3, 0.001, 0.1", "9, 0.001, 0.1"})
  void plateau_afterEachPlateau_fallsThreeTimesAtMost(int plateaus, double weights, double biases) {
    LearningRates factors = Schedule.PLATEAU.factors(0.5, plateaus);
    assertThat(factors.weights()).isCloseTo(weights, within(1e-12));
    assertThat(factors.biases()).isCloseTo(biases, within(1e-12));
  }

  @Test
  void plateauAfter_fourEpochsWithoutATenthOfAPoint_countsOneAndWaitsAnew() {
    Plateau plateau = Plateau.NONE.after(0.5).after(0.4);
    assertThat(plateau).isEqualTo(new Plateau(0.4, 0, 0));
    plateau = plateau.after(0.3995).after(0.41).after(0.4);
    assertThat(plateau).isEqualTo(new Plateau(0.4, 3, 0));
    assertThat(plateau.after(0.39)).isEqualTo(new Plateau(0.39, 0, 0));
    plateau = plateau.after(0.4);
    assertThat(plateau).isEqualTo(new Plateau(0.4, 0, 1));
    assertThat(plateau.after(0.4).after(0.4).after(0.4).after(0.4).count()).isEqualTo(2);
  }

  @Test
  void constant_overTheTraining_staysWhatItIs() {
    assertThat(rates(Schedule.CONSTANT, 0.999)).isEqualTo(new LearningRates(0.01, 0.02));
  }

  @Test
  void startRate_scaledByBatch_isProportionalTo128() {
    LearningPlan plan = new LearningPlan(0.01, "constant", 0, true, "");
    assertThat(plan.startRate(512)).isEqualTo(0.04);
    assertThat(LearningPlan.of(0.01, "constant").startRate(512)).isEqualTo(0.01);
  }

  @Test
  void biasRate_ofThePresets_isTwoButInThePaperWhichHasOneRate() {
    assertThat(Presets.named("published", "").biasRate()).isEqualTo(2);
    assertThat(Presets.named("paper-text", "").biasRate()).isEqualTo(1);
  }

  @Test
  void frozenLayers_thatAreNone_areRefusedWithTheNearest() {
    assertThat(plan("conv1, conv2").frozenLayers(Presets.mini())).containsExactly("conv1", "conv2");
    assertThatThrownBy(() -> plan("con1").frozenLayers(Presets.mini()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(
            "freeze names 'con1', which is no layer of mini that learns; did you");
    assertThatThrownBy(
            () -> plan("conv1,conv2,conv3,conv4,conv5,fc6,fc7,fc8").frozenLayers(Presets.mini()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("freeze names every layer");
  }

  private static LearningPlan plan(String frozen) {
    return new LearningPlan(0.01, "constant", 0, false, frozen);
  }

  @Test
  void named_unknown_suggestsTheNearest() {
    assertThatThrownBy(() -> Schedule.named("dex"))
        .isInstanceOf(Failure.class)
        .hasMessage("schedule is 'dex'; did you mean 'dexp'?");
  }
}
