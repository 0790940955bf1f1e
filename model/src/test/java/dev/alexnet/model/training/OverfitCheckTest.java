package dev.alexnet.model.training;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.network.NetworkSettings;
import dev.alexnet.model.testing.DatasetFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("numbers")
class OverfitCheckTest extends TrainingTest {

  private OverfitResult check(double learningRate, int steps) {
    return check(data, learningRate, steps);
  }

  private OverfitResult check(Dataset set, double learningRate, int steps) {
    TrainingSettings settings =
        TrainingSettings.builder()
            .set(TrainingSettings.DATA, set.location())
            .set(TrainingSettings.WORKDIR, Location.of(work.resolve("overfit")))
            .set(NetworkSettings.PRESET, "mini")
            .set(TrainingSettings.STEPS, (long) steps)
            .set(NetworkSettings.BATCH, 16)
            .set(LearningPlan.LEARNING_RATE, learningRate)
            .set(NetworkSettings.DEVICES, "cpu:0,cpu:1")
            .set(TrainingSettings.CHECKPOINT_STEPS, 10L)
            .build();
    return new Trainer(store, Clock.systemUTC())
        .overfitOneBatch(settings, Progress.SILENT, notices::add, () -> false);
  }

  @Test
  void overfitOneBatch_atAGoodRate_learnsItByHeartAndWritesNothing() {
    OverfitResult result = check(0.01, 200);
    assertThat(result.images()).isEqualTo(16);
    assertThat(result.firstLoss()).isBetween(1.0, 2.0);
    assertThat(result.goal()).isEqualTo(0.1 * Math.log(4));
    assertThat(result.loss()).isLessThanOrEqualTo(result.goal());
    assertThat(Files.exists(Path.of(work.toString(), "overfit"))).isFalse();
  }

  @Test
  void overfitOneBatch_atAVanishingRate_saysWhatToTry() {
    assertThatFailure(() -> check(1e-9, 5))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessageContaining("in 5 steps the loss went from 1.")
        .hasMessageContaining("--learning-rate of 1.0E-9");
  }

  @Test
  void overfitOneBatch_atARateThatExplodes_isNotFinite() {
    assertThatFailure(() -> check(1e30, 10))
        .isOfKind(Failure.Kind.NOT_FINITE)
        .hasMessageContaining("Give a --learning-rate below 1.0E30");
  }

  @Test
  void overfitOneBatch_withAnUndecodableImage_namesIt() {
    Dataset broken =
        DatasetFixture.writeWithBrokenImage(work.resolve("broken"), "train", 56, 4, 16);
    assertThatFailure(() -> check(broken, 0.01, 5))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessageStartingWith(
            "The image train0.JPEG in "
                + broken.location()
                + "/train-00000-of-00002.tfrecord at byte 0 cannot be decoded: ");
  }

  @Test
  void overfitOneBatch_ofOneClass_isRefused() {
    Dataset single = DatasetFixture.write(work.resolve("single"), "train", 56, 1, 16);
    assertThatFailure(() -> check(single, 0.01, 5))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessage(
            single.location()
                + " has only one class, so there is nothing to learn; give images of two or more");
  }
}
