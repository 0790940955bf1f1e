package dev.alexnet.model.training;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.lock.DirectoryLock;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.network.NetworkSettings;
import dev.alexnet.model.testing.DatasetFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tensorflow.exceptions.TensorFlowException;

@Tag("long")
class TrainerTest extends TrainingTest {
  @Test
  void train_onBars_learnsThem() {
    TrainingResult result = train(settings("learns", "auto", 1));
    // 21 layers forward, 20 input gradients, 8 weight gradients and 8 bias gradients.
    assertThat(result.arithmetic().operations()).isEqualTo(57);
    assertThat(result.arithmetic().seconds()).isPositive();
    assertThat(result.top1Error()).isLessThan(0.3);
    assertThat(result.top5Error()).as("of four classes").isNaN();
    assertThat(result.steps()).isEqualTo(STEPS);
  }

  @Test
  void train_threeTimesWithOneSeed_givesTheSameBits() throws IOException {
    for (String workdir : List.of("first", "second", "third")) {
      train(settings(workdir, "auto", 7));
    }
    assertThat(losses("second")).isEqualTo(losses("first")).hasSizeGreaterThan(4);
    assertThat(losses("third")).isEqualTo(losses("first"));
    assertThat(savedModelHash("second")).isEqualTo(savedModelHash("first"));
    assertThat(savedModelHash("third")).isEqualTo(savedModelHash("first"));
  }

  @Test
  void train_withAnotherSeed_givesOtherLosses() throws IOException {
    train(settings("one", "auto", 1));
    train(settings("two", "auto", 2));
    assertThat(losses("two")).isNotEqualTo(losses("one"));
  }

  @Test
  void train_onImagesOfAnotherSize_saysWhichSizeToConvertTo() {
    Dataset large = DatasetFixture.write(work.resolve("large"), "train", 64, 4, 16);
    assertThatFailure(() -> train(oneStepOn(large, "size")))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessageContaining("64 pixels wide")
        .hasMessageContaining("--size 56");
  }

  @Test
  void train_withTooHighALearningRate_endsAsNotFinite() {
    TrainingSettings settings =
        unvalidated(data, "explodes", 0, STEPS, 32, LearningChoice.of(1e30, Schedule.CONSTANT));
    assertThatFailure(() -> train(settings))
        .isOfKind(Failure.Kind.NOT_FINITE)
        .hasMessageContaining("The loss of step")
        .hasMessageContaining("Its batch's 32 images are listed in")
        .hasMessageContaining(
            "There is no checkpoint yet; start again in a new --workdir, with a "
                + "--learning-rate below 1.0E30");
    assertThat(work.resolve("explodes/failed-batch.txt"))
        .content()
        .matches("(train\\d+\\.JPEG\\n){32}");
  }

  @Test
  void failedBatch_afterACheckpoint_saysHowToStartFromIt() {
    Path checkpoint = work.resolve("checkpoints/step-00000010");
    WorkDirectory workdir = new WorkDirectory(Location.of(work), work);
    assertThat(
            FailedBatch.failure(
                "It", List.of("a", "b"), workdir, Optional.of(Location.of(checkpoint)), 0.01))
        .hasMessage(
            "It. Its batch's 2 images are listed in "
                + work.resolve("failed-batch.txt")
                + ": a, b. Start a new training with the last checkpoint's layers, --initial-model "
                + checkpoint
                + " and a new --workdir, with a --learning-rate below 0.01, or check the"
                + " images");
  }

  @Test
  void train_ofABatchLargerThanTheDataset_saysHowManyImagesThereAre() {
    Dataset few = DatasetFixture.write(work.resolve("few"), "train", 56, 4, 12);
    assertThatFailure(() -> train(oneStepOn(few, "few-work")))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessage(
            "A batch of 16 is larger than "
                + few.location()
                + ", which has 12 images. Give a --batch of at most 12");
    assertThat(work.resolve("few-work/checkpoints")).doesNotExist();
  }

  @Test
  void train_imagesOfOneClass_saysThatNothingIsLearned() {
    Dataset one = DatasetFixture.write(work.resolve("one"), "train", 56, 1, 16);

    train(oneStepOn(one, "one-work"));

    assertThat(notices)
        .contains(
            "Warning: all images of "
                + one.location()
                + " are of one class, 'n00000000': a network only learns to answer that "
                + "class, with a loss of 0. If there should be more classes, check what "
                + "was converted");
  }

  @Test
  void train_asPublished_continuesInEveryPhaseBitByBit() throws IOException {
    Dataset small = DatasetFixture.write(work.resolve("small"), "train", 56, 4, 12);
    train(asPublished("whole", small));
    // Two steps per epoch: the phases start at steps 46, 102, 136, 144 and 156.
    for (int stopAfter : new int[] {21, 38, 52, 26, 8, 22}) {
      int[] steps = {0};
      assertThatFailure(
              () ->
                  new Trainer(store, Clock.systemUTC())
                      .train(
                          asPublished("parts", small),
                          Progress.SILENT,
                          notices::add,
                          () -> ++steps[0] == stopAfter))
          .isOfKind(Failure.Kind.INTERRUPTED);
    }
    assertThat(train(asPublished("parts", small)).resumedAt()).isEqualTo(167);
    assertThat(losses("parts")).isEqualTo(losses("whole"));
    assertThat(savedModelHash("parts")).isEqualTo(savedModelHash("whole"));
    assertThat(notices)
        .contains(
            "Step 0: Learning rates: weights 0.00100, biases 0.00200; conv1 weights 0.00100,"
                + " biases 0.00200",
            "Step 136: Learning rates: weights 1.00e-05, biases 0.000200; conv1 weights 1.00e-06,"
                + " biases 0.000200; no more colour noise",
            "Step 144: Learning rates: weights 1.00e-05, biases 0.000200; conv1 frozen; no more colour noise");
    assertThat(losses("whole"))
        .filteredOn(line -> line.contains("\"step\":150,") && line.contains("train/loss"))
        .singleElement(STRING)
        .contains("\"learning_rate/conv1/weights\":0.0,", "\"learning_rate/conv1/biases\":0.0,");
  }

  private TrainingSettings asPublished(String workdir, Dataset dataset) {
    return TrainingSettings.builder()
        .set(TrainingSettings.DATA, dataset.location())
        .set(TrainingSettings.WORKDIR, Location.of(work.resolve(workdir)))
        .set(NetworkSettings.PRESET, "mini")
        .set(TrainingSettings.EPOCHS, 93)
        .set(NetworkSettings.BATCH, 6)
        .set(LearningPlan.LEARNING_RATE, 0.001)
        .set(LearningPlan.SCHEDULE, Schedule.EPOCHS)
        .set(NetworkSettings.DEVICES, "cpu:0,cpu:1")
        .build();
  }

  @Test
  void train_withATrace_writesEventsAndTableOfTheTenthStep() throws IOException {
    TrainingSettings traced =
        TrainingSettings.builder()
            .set(TrainingSettings.DATA, data.location())
            .set(TrainingSettings.WORKDIR, Location.of(work.resolve("traced")))
            .set(NetworkSettings.PRESET, "mini")
            .set(TrainingSettings.STEPS, 12L)
            .set(NetworkSettings.BATCH, 32)
            .set(LearningPlan.SCHEDULE, Schedule.CONSTANT)
            .set(NetworkSettings.DEVICES, "cpu:0,cpu:1")
            .set(TrainingSettings.CHECKPOINT_STEPS, 10L)
            .set(TrainingSettings.TRACE, true)
            .build();
    train(traced);
    assertThat(work.resolve("traced/trace/step-00000009.json")).content().contains("traceEvents");
    assertThat(work.resolve("traced/trace/step-00000009.txt"))
        .content()
        .contains("CPU:0 to CPU:1, between towers: ");
    assertThat(notices).anyMatch(notice -> notice.startsWith("Step 9 was traced; open "));
  }

  @Test
  void train_fewStepsAtTheLossOfChance_hasALineAnEpochAndNoAlarm() {
    train(unvalidated(data, "idle", 2, 0, 32, LearningChoice.of(1e-9, Schedule.CONSTANT)));
    assertThat(notices)
        .filteredOn(notice -> notice.startsWith("Epoch "))
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .matches(
                        "Epoch 1 of 2: loss 1\\.\\d{3}, top-1 error [\\d.]+ %; learning rate "
                            + "1.00e-09, [\\d,]+ images/s"),
            second -> assertThat(second).startsWith("Epoch 2 of 2: loss 1."));
    assertThat(notices).noneMatch(notice -> notice.contains("chance"));
  }

  @Test
  void train_deviceIsLost_saysToRunTheSameCommandAgain() {
    Progress loss =
        (done, total, unit, details) -> {
          throw new TensorFlowException("GPU sync failed");
        };
    assertThatFailure(() -> train(oneStepOn(data, "lost"), loss))
        .isOfKind(Failure.Kind.DEVICE)
        .hasMessageStartingWith(
            "One of the devices cpu:0,cpu:1 failed: GPU sync failed. Checkpoints are safe. Check ");
  }

  @Test
  void train_onADamagedRecord_namesShardAndOffset() throws IOException {
    Dataset damaged = DatasetFixture.write(work.resolve("damaged"), "train", 56, 4, 16);
    Path shard = work.resolve("damaged/train-00001-of-00002.tfrecord");
    byte[] bytes = Files.readAllBytes(shard);
    bytes[bytes.length - 100] ^= 1;
    Files.write(shard, bytes);
    assertThatFailure(() -> train(oneStepOn(damaged, "damaged-work")))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessageContaining("train-00001-of-00002.tfrecord at byte");
  }

  @Test
  void train_shardVanishes_namesIt() {
    Dataset vanishing = DatasetFixture.write(work.resolve("vanishing"), "train", 56, 4, 64);
    Path shard = work.resolve("vanishing/train-00001-of-00002.tfrecord");
    TrainingSettings settings =
        TrainingSettings.builder()
            .set(TrainingSettings.DATA, vanishing.location())
            .set(TrainingSettings.WORKDIR, Location.of(work.resolve("vanishing-work")))
            .set(NetworkSettings.PRESET, "mini")
            .set(TrainingSettings.EPOCHS, 3)
            .set(NetworkSettings.BATCH, 16)
            .set(LearningPlan.SCHEDULE, Schedule.CONSTANT)
            .set(TrainingSettings.CHECKPOINT_STEPS, 10L)
            .build();
    assertThatFailure(() -> train(settings, (done, total, unit, details) -> remove(shard)))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessageContaining("The shard " + shard + " is missing");
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void train_onAnUndecodableImage_namesItsShardAndWhatToDo() {
    Dataset broken =
        DatasetFixture.writeWithBrokenImage(work.resolve("broken"), "train", 56, 4, 16);
    assertThatFailure(() -> train(oneStepOn(broken, "broken-work")))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessage(
            "The image train0.JPEG in "
                + broken.location()
                + "/train-00000-of-00002.tfrecord at byte 0 cannot be decoded: Unknown image file"
                + " format. One of JPEG, PNG, GIF, BMP required. Run 'alexnet convert' on its "
                + "source"
                + " again, which rejects such images, or remove it there first");
  }

  @Test
  void train_whileAnotherRunWorksInTheDirectory_isRefused() {
    TrainingSettings settings = oneStepOn(data, "held");
    assertThatFailure(
            () ->
                DirectoryLock.holding(
                    ObjectStores.standard(),
                    settings.workdir(),
                    notice -> {},
                    held -> train(settings)))
        .isOfKind(Failure.Kind.OUTPUT_EXISTS)
        .hasMessageContaining("Another run is working in");
  }

  private TrainingSettings oneStepOn(Dataset dataset, String workdir) {
    return unvalidated(dataset, workdir, 0, 1, 16, LearningChoice.of(0.01, Schedule.CONSTANT));
  }

  private TrainingSettings unvalidated(
      Dataset dataset, String workdir, int epochs, int steps, int batch, LearningChoice plan) {
    return plan.apply(
            TrainingSettings.builder()
                .set(TrainingSettings.DATA, dataset.location())
                .set(TrainingSettings.WORKDIR, Location.of(work.resolve(workdir)))
                .set(NetworkSettings.PRESET, "mini")
                .set(TrainingSettings.EPOCHS, epochs)
                .set(TrainingSettings.STEPS, (long) steps)
                .set(NetworkSettings.BATCH, batch)
                .set(TrainingSettings.CHECKPOINT_STEPS, 10L))
        .build();
  }
}
