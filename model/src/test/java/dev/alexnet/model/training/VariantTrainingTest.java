package dev.alexnet.model.training;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.settings.SettingsBuilder;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.network.Activation;
import dev.alexnet.model.network.NetworkSettings;
import dev.alexnet.model.prediction.ModelDescription;
import dev.alexnet.model.prediction.Predictor;
import dev.alexnet.model.testing.DatasetFixture;
import java.io.IOException;
import java.time.Clock;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The paper's other networks and trainings. */
class VariantTrainingTest extends TrainingTest {
  private TrainingSettings settings(
      String workdir, long steps, UnaryOperator<SettingsBuilder<TrainingSettings>> variant) {
    return variant
        .apply(
            TrainingSettings.builder()
                .set(TrainingSettings.DATA, data.location())
                .set(TrainingSettings.WORKDIR, Location.of(work.resolve(workdir)))
                .set(NetworkSettings.PRESET, "mini")
                .set(TrainingSettings.STEPS, steps)
                .set(NetworkSettings.BATCH, 16)
                .set(LearningPlan.SCHEDULE, Schedule.CONSTANT)
                .set(NetworkSettings.DEVICES, "cpu:0,cpu:1")
                .set(TrainingSettings.CHECKPOINT_STEPS, 10L))
        .build();
  }

  private static SettingsBuilder<TrainingSettings> saturating(
      SettingsBuilder<TrainingSettings> builder) {
    return builder
        .set(NetworkSettings.ACTIVATION, Activation.TANH)
        .set(NetworkSettings.WITHOUT, "overlap,dropout,conv5")
        .set(LearningPlan.MOMENTUM, 0.5)
        .set(LearningPlan.WEIGHT_DECAY, 0.001)
        .set(LearningPlan.RATES, "fc8=2@7")
        .set(TrainingSettings.AUGMENTATION, TrainingAugmentation.NO_COLOUR_NOISE);
  }

  @Test
  void train_aVariantStoppedTwice_continuesBitByBitAndItsModelLoads() throws IOException {
    train(settings("whole", 12, VariantTrainingTest::saturating));
    for (int stopAfter : new int[] {6, 3}) {
      int[] steps = {0};
      assertThatFailure(
              () ->
                  new Trainer(store, Clock.systemUTC())
                      .train(
                          settings("parts", 12, VariantTrainingTest::saturating),
                          Progress.SILENT,
                          notices::add,
                          () -> ++steps[0] == stopAfter))
          .isOfKind(Failure.Kind.INTERRUPTED);
    }
    assertThat(train(settings("parts", 12, VariantTrainingTest::saturating)).resumedAt())
        .isEqualTo(9);
    assertThat(losses("parts")).isEqualTo(losses("whole"));
    assertThat(savedModelHash("parts")).isEqualTo(savedModelHash("whole"));
    ModelDescription model =
        Predictor.describe(store, Location.of(work.resolve("whole/" + Trainer.MODEL)));
    assertThat(model.preset()).isEqualTo("mini without conv5 and dropout and overlap with tanh");
    assertThat(model.settings())
        .containsEntry("momentum", "0.5")
        .containsEntry("weight-decay", "0.001")
        .containsEntry("rates", "{fc8=2.0@7}")
        .containsEntry("augmentation", "no-colour-noise");
    assertThat(notices)
        .contains(
            "Step 0: Learning rates: weights 0.0100, biases 0.0200; no colour noise",
            "Step 7: Learning rates: weights 0.0100, biases 0.0200; fc8 weights 0.0200, biases"
                + " 0.0400; no colour noise");
  }

  @Test
  void train_withTheDefaults_recordsNoSettingThatEarlierModelsLack() {
    train(settings("default", 1, builder -> builder));
    assertThat(
            Predictor.describe(store, Location.of(work.resolve("default/" + Trainer.MODEL)))
                .settings())
        .containsOnlyKeys(
            "batch",
            "dataset",
            "epochs",
            "initial-model",
            "learning-rate",
            "optimizer",
            "precision",
            "preset",
            "rates",
            "schedule",
            "seed",
            "steps",
            "warm-up");
  }

  /** A step at a rate of nearly 0 on all images has the loss that a validation on them has. */
  @Test
  void train_withoutAugmentation_seesTheCentresThatAValidationSees() throws IOException {
    Dataset few = DatasetFixture.write(work.resolve("few"), "train", 56, 4, 16);
    oneStep(few, "plain", TrainingAugmentation.NONE);
    assertThat(logged("plain", "train/loss"))
        .isCloseTo(logged("plain", "validation/loss"), within(1e-5));
    oneStep(few, "augmented", TrainingAugmentation.PUBLISHED);
    assertThat(logged("augmented", "validation/loss"))
        .isCloseTo(logged("plain", "validation/loss"), within(1e-5));
    assertThat(logged("augmented", "train/loss"))
        .isNotCloseTo(logged("augmented", "validation/loss"), within(1e-4));
  }

  private double logged(String workdir, String name) throws IOException {
    Matcher value =
        Pattern.compile('"' + name + "\":([^,}]*)").matcher(String.join("", losses(workdir)));
    assertThat(value.find()).as(name).isTrue();
    return Double.parseDouble(value.group(1));
  }

  private void oneStep(Dataset few, String workdir, TrainingAugmentation augmentation) {
    train(
        settings(
            workdir,
            1,
            builder ->
                builder
                    .set(TrainingSettings.DATA, few.location())
                    .set(TrainingSettings.VALIDATION, few.location())
                    .set(NetworkSettings.WITHOUT, "dropout")
                    .set(LearningPlan.LEARNING_RATE, 1e-12)
                    .set(TrainingSettings.AUGMENTATION, augmentation)));
  }
}
