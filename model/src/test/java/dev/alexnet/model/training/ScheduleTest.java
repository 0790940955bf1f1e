package dev.alexnet.model.training;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.network.Presets;
import dev.alexnet.model.network.Release;
import dev.alexnet.model.training.checkpoint.PlateauState;
import dev.alexnet.model.training.step.LearningRates;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
  private static final PublishedEpochs PUBLISHED =
      PublishedEpochs.of(Presets.published().schedules().on(Release.ILSVRC_2010));

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
    return new LearningRates(0.01, 0.02).times(schedule.factors(done, 0, PUBLISHED), 1);
  }

  @Test
  void dexp_ofBiases_startsAtTwiceTheRateAndFallsOnce() {
    assertThat(rates(Schedule.DEXP, 0).biases()).isEqualTo(0.02);
    assertThat(rates(Schedule.DEXP, 0.499).biases()).isEqualTo(0.02);
    assertThat(rates(Schedule.DEXP, 0.5).biases()).isCloseTo(0.002, within(1e-12));
    assertThat(rates(Schedule.DEXP, 0.999).biases()).isCloseTo(0.002, within(1e-12));
  }

  /** Configuration 145-2010 of the original program, as its comments and last file record it. */
  @ParameterizedTest
  @CsvSource({
    "0,      0.01,    0.02,  0.01,    0.02,  true",
    "22.999, 0.01,    0.02,  0.01,    0.02,  true",
    "23,     0.001,   0.02,  0.001,   0.02,  true",
    "50.999, 0.001,   0.02,  0.001,   0.02,  true",
    "51,     0.0001,  0.002, 0.0001,  0.002, true",
    "67.999, 0.0001,  0.002, 0.0001,  0.002, true",
    "68,     0.0001,  0.002, 0.00001, 0.002, false",
    "71.999, 0.0001,  0.002, 0.00001, 0.002, false",
    "72,     0.0001,  0.002, 0,       0,     false",
    "78,     0.00001, 0.002, 0,       0,     false",
    "92.999, 0.00001, 0.002, 0,       0,     false"
  })
  void epochs_of93_areThoseOfThePublishedTraining(
      double epoch,
      double weights,
      double biases,
      double firstWeights,
      double firstBiases,
      boolean colour) {
    LearningRates rates = rates(Schedule.EPOCHS, epoch / 93);
    assertRates(rates.of("conv2"), weights, biases);
    assertRates(rates.of("fc8"), weights, biases);
    assertRates(rates.of("conv1"), firstWeights, firstBiases);
    assertThat(Schedule.EPOCHS.addsPcaNoise(epoch / 93, PUBLISHED)).isEqualTo(colour);
  }

  /** Configuration 145-half, in which the rates of the other layers never dropped a third time. */
  @ParameterizedTest
  @CsvSource({
    "0,      0.01,   0.01,    true",
    "19.999, 0.01,   0.01,    true",
    "20,     0.001,  0.001,   true",
    "47.999, 0.001,  0.001,   true",
    "48,     0.0001, 0.0001,  true",
    "65.999, 0.0001, 0.0001,  true",
    "66,     0.0001, 0.00001, false",
    "71.999, 0.0001, 0.00001, false",
    "72,     0.0001, 0,       false",
    "95.999, 0.0001, 0,       false"
  })
  void epochs_of96OfHalf_areThoseOfItsOwnTraining(
      double epoch, double weights, double firstWeights, boolean colour) {
    PublishedEpochs.Phase phase =
        PublishedEpochs.of(Presets.half().schedules().on(Release.ILSVRC_2010)).at(epoch / 96);
    assertThat(0.01 * phase.factors().of("conv2").weights())
        .isCloseTo(weights, within(1e-9 * weights));
    assertThat(0.01 * phase.factors().of("conv1").weights())
        .isCloseTo(firstWeights, within(1e-9 * firstWeights));
    assertThat(phase.colour()).isEqualTo(colour);
  }

  private static void assertRates(LearningRates.LayerRates actual, double weights, double biases) {
    assertThat(actual.weights()).isCloseTo(weights, within(1e-9 * weights));
    assertThat(actual.biases()).isCloseTo(biases, within(1e-9 * biases));
  }

  @Test
  void colourNoise_ofEveryOtherSchedule_lastsToTheEnd() {
    for (Schedule schedule : Schedule.values()) {
      assertThat(schedule.addsPcaNoise(0.999, PUBLISHED)).isEqualTo(schedule != Schedule.EPOCHS);
    }
  }

  @Test
  void poly_overTheTraining_isTheSquareOfWhatIsLeft() {
    assertThat(rates(Schedule.POLY, 0)).isEqualTo(new LearningRates(0.01, 0.02));
    assertThat(rates(Schedule.POLY, 0.5).weights()).isCloseTo(0.0025, within(1e-12));
    assertThat(rates(Schedule.POLY, 0.9).biases()).isCloseTo(0.0002, within(1e-12));
  }

  /** An epoch adds colour noise to all its images or to none, whatever step a run resumes at. */
  @Test
  void trainingSchedule_ofTenEpochs_addsColourNoiseInEightOfThem() {
    TrainingSchedule course =
        schedule(Schedule.EPOCHS, PUBLISHED, new LearningRates(0.01, 0.02), 0, 1000, 100);
    // The phase starts at step 731, in the middle of an epoch.
    assertThat(course.addsPcaNoise(799)).isTrue();
    assertThat(course.addsPcaNoise(800)).isFalse();
    assertThat(course.at(774, 0).own().get("conv1").weights()).isPositive();
    assertThat(course.at(775, 0).own().get("conv1").weights()).isZero();
    assertThat(course.announcement(740, 0))
        .isEqualTo(
            "Learning rates: weights 0.000100, biases 0.00200; conv1 weights 1.00e-05, biases"
                + " 0.00200");
    assertThat(course.announcement(999, 0))
        .isEqualTo(
            "Learning rates: weights 1.00e-05, biases 0.00200; conv1 frozen;"
                + " no more colour noise");
  }

  @Test
  void trainingSchedule_withAWarmUp_risesToTheInitialRate() {
    TrainingSchedule course =
        schedule(Schedule.CONSTANT, PUBLISHED, new LearningRates(0.01, 0.02), 10, 100, 10);
    assertThat(course.at(0, 0)).isEqualTo(new LearningRates(0.001, 0.002));
    assertThat(course.at(9, 0)).isEqualTo(new LearningRates(0.01, 0.02));
  }

  @Test
  void requireWholeWarmUp_longerThanTheTraining_isRefused() {
    LearningRates start = new LearningRates(0.01, 0.02);
    schedule(Schedule.CONSTANT, PUBLISHED, start, 100, 100, 10).requireWholeWarmUp();
    TrainingSchedule tooLong = schedule(Schedule.CONSTANT, PUBLISHED, start, 101, 100, 10);
    assertThatFailure(tooLong::requireWholeWarmUp)
        .isOfKind(Failure.Kind.USAGE)
        .hasMessage(
            "The warm-up takes 101 steps, at 10 per epoch, but the training has only 100: it "
                + "would end"
                + " before it reaches its learning rate. Give a shorter --warm-up, or more"
                + " --epochs or --steps");
  }

  /** 100 steps, the first 10 a warm-up; each phase as {@code train} announces it. */
  private static List<String> announcements(Schedule schedule) {
    TrainingSchedule course =
        schedule(schedule, PUBLISHED, new LearningRates(0.01, 0.02), 10, 100, 10);
    List<String> announced = new ArrayList<>();
    for (int step = 0; step < 100; step++) {
      if (step == 0 || !course.phase(step, 0).equals(course.phase(step - 1, 0))) {
        announced.add(step + " " + course.announcement(step, 0).replace("Learning rates: ", ""));
      }
    }
    return announced;
  }

  @Test
  void announcements_ofPoly_areTheWarmUpAndTheFall() {
    assertThat(announcements(Schedule.POLY))
        .containsExactly(
            "0 weights 0.00100, biases 0.00200; rising until step 9",
            "9 weights 0.00828, biases 0.0166; falling with each step, to 0 at step 100");
  }

  @Test
  void announcements_ofDexpAndConstant_areTheWarmUpAndEachStepOfTheFall() {
    assertThat(announcements(Schedule.CONSTANT))
        .containsExactly(
            "0 weights 0.00100, biases 0.00200; rising until step 9",
            "9 weights 0.0100, biases 0.0200");
    assertThat(announcements(Schedule.DEXP))
        .containsExactly(
            "0 weights 0.00100, biases 0.00200; rising until step 9",
            "9 weights 0.0100, biases 0.0200",
            "25 weights 0.00159, biases 0.0200",
            "50 weights 0.000252, biases 0.00200",
            "75 weights 4.00e-05, biases 0.00200");
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 1", "1, 0.1, 0.1", "2, 0.01, 0.1", "3, 0.001, 0.1", "9, 0.001, 0.1"})
  void plateau_afterEachPlateau_fallsThreeTimesAtMost(int plateaus, double weights, double biases) {
    LearningRates factors = Schedule.PLATEAU.factors(0.5, plateaus, PUBLISHED);
    assertThat(factors.weights()).isCloseTo(weights, within(1e-12));
    assertThat(factors.biases()).isCloseTo(biases, within(1e-12));
  }

  @Test
  void plateauAfter_fourEpochsWithoutATenthOfAPoint_countsOneAndWaitsAgain() {
    PlateauState plateau = PlateauState.NONE.after(0.5, 0.9).after(0.4, 0.9);
    assertThat(plateau).isEqualTo(new PlateauState(0.4, 0, 0));
    plateau = plateau.after(0.3995, 0.9).after(0.41, 0.9).after(0.4, 0.9);
    assertThat(plateau).isEqualTo(new PlateauState(0.4, 3, 0));
    assertThat(plateau.after(0.39, 0.9)).isEqualTo(new PlateauState(0.39, 0, 0));
    plateau = plateau.after(0.4, 0.9);
    assertThat(plateau).isEqualTo(new PlateauState(0.4, 0, 1));
    assertThat(plateau.after(0.4, 0.9).after(0.4, 0.9).after(0.4, 0.9).after(0.4, 0.9).count())
        .isEqualTo(2);
  }

  @Test
  void plateauAfter_errorsOfChance_countOnlyOnceSomethingWasLearned() {
    PlateauState guessing = PlateauState.NONE;
    for (int epoch = 0; epoch < 20; epoch++) {
      guessing = guessing.after(epoch % 2 == 0 ? 0.999 : 0.9989, 0.9987);
    }
    assertThat(guessing).isEqualTo(PlateauState.NONE);

    PlateauState learned = guessing.after(0.99, 0.9987);
    assertThat(learned).isEqualTo(new PlateauState(0.99, 0, 0));
    for (int epoch = 0; epoch < PlateauState.PATIENCE; epoch++) {
      learned = learned.after(0.999, 0.9987);
    }
    assertThat(learned).isEqualTo(new PlateauState(0.99, 0, 1));
  }

  @Test
  void constant_overTheTraining_doesNotChange() {
    assertThat(rates(Schedule.CONSTANT, 0.999)).isEqualTo(new LearningRates(0.01, 0.02));
  }

  @Test
  void startRate_scaledByBatch_isProportionalTo128() {
    LearningPlan plan = plan(0.01, Schedule.CONSTANT, true, "", "", Optimizer.MOMENTUM);
    assertThat(plan.startRate(512)).isEqualTo(0.04);
    assertThat(plan("", "").startRate(512)).isEqualTo(0.01);
  }

  @Test
  void biasRate_ofThePresets_isTwoButInThePaperWhichHasOneRate() {
    assertThat(Presets.named("published", "").biasRate()).isEqualTo(2);
    assertThat(Presets.named("paper-text", "").biasRate()).isEqualTo(1);
  }

  @Test
  void startRates_ofLayersWithAFactor_areThatMultiple() {
    LearningRates rates = plan("conv1, conv2", "fc8=10").startRates(Presets.mini(), 128);
    assertRates(rates.of("conv1"), 0, 0);
    assertRates(rates.of("conv2"), 0, 0);
    assertRates(rates.of("conv3"), 0.01, 0.02);
    assertRates(rates.of("fc8"), 0.1, 0.2);
    LearningRates later = rates.times(Schedule.EPOCHS.factors(0.99, 0, PUBLISHED), 1);
    assertRates(later.of("conv1"), 0, 0);
    assertRates(later.of("conv3"), 1e-5, 0.002);
    assertRates(later.of("fc8"), 1e-4, 0.02);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "con1 | '' | freeze names 'con1', which is not a layer of mini that learns; did you mean",
        "'' | fc9=2 | rates names 'fc9', which is not a layer of mini that learns; did you mean",
        "'' | relu1=2 | rates names 'relu1', which is not a layer of mini that learns",
        "'' | fc8 | rates has 'fc8'; it takes a layer and what its rates are multiplied by",
        "'' | fc8=x | rates has 'fc8=x'",
        "'' | fc8=-1 | rates has 'fc8=-1'",
        "'' | fc8=10@ | rates has 'fc8=10@'; after @ it takes the step from which the layer has its",
        "'' | fc8=10@0.5 | rates has 'fc8=10@0.5'; after @ it takes the step",
        "'' | fc8=10@-1 | rates has 'fc8=10@-1'; after @ it takes the step",
        "conv1 | conv1=2 | conv1 is listed twice, in --rates or --freeze",
        "conv1,conv2,conv3,conv4,conv5,fc6,fc7 | fc8=0 | freeze and rates stop every "
            + "layer from learning"
      })
  void layerFactors_thatMakeNoSense_areRefused(String freeze, String rates, String message) {
    assertThatFailure(() -> plan(freeze, rates).layerFactors(Presets.mini()))
        .isOfKind(Failure.Kind.USAGE)
        .hasMessageContaining(message);
  }

  private static LearningPlan plan(String frozen, String rates) {
    return plan(0.01, Schedule.CONSTANT, false, frozen, rates, Optimizer.MOMENTUM);
  }

  private static LearningPlan plan(
      double rate,
      Schedule schedule,
      boolean scaled,
      String frozen,
      String rates,
      Optimizer optimizer) {
    return new LearningPlan(
        rate, schedule, 0, scaled, frozen, rates, optimizer, 0.9, 0.0005, Release.ILSVRC_2010);
  }

  private static TrainingSchedule schedule(
      Schedule schedule,
      PublishedEpochs published,
      LearningRates start,
      double warmUpSteps,
      long totalSteps,
      long stepsPerEpoch) {
    return new TrainingSchedule(
        schedule, published, start, warmUpSteps, new TreeMap<>(), true, totalSteps, stepsPerEpoch);
  }

  /** At the rate of 10, for batches of 4,096 to 8,192, they are the published rates. */
  @Test
  void startRates_ofLars_multiplyThoseOfBiasesByTheTrust() {
    LearningPlan plan = plan(10, Schedule.POLY, false, "", "", Optimizer.LARS);
    assertRates(plan.startRates(Presets.published(), 8192).of("conv3"), 10, 0.02);
  }

  @Test
  void optimizer_unknown_isRefusedWithTheNearest() {
    assertThatThrownBy(() -> LearningPlan.OPTIMIZER.parse("lar"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'lar'; did you mean 'lars'?");
  }

  /** The rates in the LARS test. */
  @Test
  void at_ofPolyWithAWarmUp_risesAndThenFallsToTheSquareOfWhatIsLeft() {
    TrainingSchedule schedule =
        schedule(Schedule.POLY, PUBLISHED, new LearningRates(10, 0), 4, 20, 1);
    for (long step = 0; step < 20; step++) {
      double left = 1 - step / 20.0;
      assertThat(schedule.at(step, 0).weights())
          .isEqualTo(10 * (left * left) * Math.min(1, (step + 1) / 4.0));
    }
  }

  @Test
  void schedule_unknown_suggestsTheNearest() {
    assertThatThrownBy(() -> LearningPlan.SCHEDULE.parse("dex"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'dex'; did you mean 'dexp'?");
  }
}
