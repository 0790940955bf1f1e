package dev.alexnet.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alexnet.model.network.Presets;
import dev.alexnet.model.network.PublishedRateDrops;
import dev.alexnet.model.network.Release;
import dev.alexnet.model.training.step.LearningRates;
import dev.alexnet.model.training.step.UpdateRule;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.AggregateWith;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.aggregator.ArgumentsAggregator;
import org.junit.jupiter.params.provider.CsvSource;

/** The schedules that are recorded for each network and release, and rates that start later. */
class RecordedScheduleTest {
  private static final PublishedEpochs PUBLISHED =
      PublishedEpochs.of(Presets.published().schedules().on(Release.ILSVRC_2010));

  /** Comments of the original program's configurations, counted from epoch 0. */
  @ParameterizedTest
  @CsvSource({
    "published,  '',      ILSVRC_2010, 23, 51, 68, 72, 78, 93",
    "published,  '',      ILSVRC_2012, 25, 51, 67, 72, 79, 91",
    "conv6,      '',      ILSVRC_2012, 25, 51, 67, 72, 79, 91",
    "published,  lrn,     ILSVRC_2012, 22, 44, 69, 73, 86, 97",
    "published,  lrn,     ILSVRC_2010, 23, 51, 68, 72, 78, 93",
    "published,  overlap, ILSVRC_2012, 23, 51, 79, 79, 79, 90",
    "published,  conv3,   ILSVRC_2012, 25, 51, 67, 72, 79, 91",
    "half,       '',      ILSVRC_2012, 20, 48, 66, 72, 96, 96",
    "half,       lrn,     ILSVRC_2012, 20, 48, 66, 72, 96, 96"
  })
  void schedules_ofNetworkAndRelease_areTheRecordedOnes(
      String preset,
      String without,
      Release release,
      @AggregateWith(Drops.class) PublishedRateDrops expected) {
    assertThat(Presets.named(preset, without).schedules().on(release)).isEqualTo(expected);
  }

  /** The six numbers after the first three values of a row. */
  static final class Drops implements ArgumentsAggregator {
    @Override
    public PublishedRateDrops aggregateArguments(ArgumentsAccessor row, ParameterContext context) {
      return new PublishedRateDrops(
          row.getInteger(3),
          row.getInteger(4),
          row.getInteger(5),
          row.getInteger(6),
          row.getInteger(7),
          row.getInteger(8));
    }
  }

  /**
   * Configuration 147, of which neither an earlier drop of conv1 nor an end of noise is recorded.
   */
  @Test
  void epochs_withoutOverlap_dropConv1WithTheOthersAndKeepTheColourNoise() {
    PublishedEpochs epochs =
        PublishedEpochs.of(
            Presets.named("published", "overlap").schedules().on(Release.ILSVRC_2012));
    assertThat(epochs.at(78.9 / 90).factors().of("conv1").weights()).isEqualTo(0.01);
    assertThat(epochs.at(79.1 / 90).factors().of("conv1").weights()).isZero();
    assertThat(epochs.at(79.1 / 90).factors().weights()).isEqualTo(0.001);
    assertThat(epochs.at(0.999).colour()).isTrue();
  }

  /** Pre-training's second stage: fc8 learned ten times as fast, but only after 300 batches. */
  @Test
  void at_aLayerWhoseFactorStartsLater_hasTheRatesOfTheOthersBefore() {
    LearningPlan plan = plan("conv1=0.1,fc8=10@300");
    assertThat(plan.layerFactors(Presets.mini())).hasToString("{conv1=0.1, fc8=10.0@300}");
    TrainingSchedule schedule =
        new TrainingSchedule(
            Schedule.CONSTANT,
            PUBLISHED,
            plan.startRates(Presets.mini(), 128),
            0,
            plan.lateLayers(Presets.mini()),
            true,
            1000,
            100);
    assertRates(schedule.at(299, 0).of("fc8"), 0.01, 0.02);
    assertRates(schedule.at(299, 0).of("conv1"), 0.001, 0.002);
    assertRates(schedule.at(300, 0).of("fc8"), 0.1, 0.2);
    assertThat(schedule.phase(299, 0)).isEqualTo(schedule.phase(0, 0));
    assertThat(schedule.phase(300, 0)).isNotEqualTo(schedule.phase(299, 0));
    assertThat(schedule.announcement(300, 0))
        .isEqualTo(
            "Learning rates: weights 0.0100, biases 0.0200; conv1 weights 0.00100, biases 0.00200;"
                + " fc8 weights 0.100, biases 0.200");
  }

  @Test
  void addsPcaNoise_ofATrainingWithoutColourNoise_neverDoes() {
    TrainingSchedule schedule =
        new TrainingSchedule(
            Schedule.DEXP,
            PUBLISHED,
            new LearningRates(0.01, 0.02),
            0,
            new TreeMap<>(),
            false,
            100,
            10);
    assertThat(schedule.addsPcaNoise(0)).isFalse();
    assertThat(schedule.announcement(0, 0))
        .isEqualTo("Learning rates: weights 0.0100, biases 0.0200; no colour noise");
  }

  @Test
  void updateRule_ofMomentumAndDecay_hasThem() {
    LearningPlan plan =
        new LearningPlan(
            0.01,
            Schedule.CONSTANT,
            0,
            false,
            "",
            "",
            Optimizer.MOMENTUM,
            0.5,
            0.001,
            Release.ILSVRC_2010);
    assertThat(plan.updateRule()).isEqualTo(new UpdateRule(0.5, 0.001, OptionalDouble.empty()));
    assertThat(plan("").updateRule()).isEqualTo(UpdateRule.PUBLISHED);
  }

  private static LearningPlan plan(String rates) {
    return new LearningPlan(
        0.01,
        Schedule.CONSTANT,
        0,
        false,
        "",
        rates,
        Optimizer.MOMENTUM,
        0.9,
        0.0005,
        Release.ILSVRC_2010);
  }

  private static void assertRates(LearningRates.LayerRates actual, double weights, double biases) {
    assertThat(actual.weights()).isCloseTo(weights, within(1e-9 * weights));
    assertThat(actual.biases()).isCloseTo(biases, within(1e-9 * biases));
  }
}
