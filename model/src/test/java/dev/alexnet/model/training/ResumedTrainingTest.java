package dev.alexnet.model.training;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.network.NetworkSettings;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.training.checkpoint.CheckpointInspection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("long")
@Tag("numbers")
class ResumedTrainingTest extends TrainingTest {
  /** Ends a training from within, like a kill. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void train_killedInTheMiddleOfAnEpoch_continuesToTheSameBits() throws IOException {
    train(settings("undisturbed", "auto", 3));
    for (int killedAt : new int[] {5, 13, 35}) {
      Progress killer =
          (done, total, unit, details) -> {
            if (done == killedAt) {
              throw new Killed();
            }
          };
      assertThatThrownBy(() -> train(settings("disturbed", "auto", 3), killer))
          .isInstanceOf(Killed.class);
    }
    TrainingResult result = train(settings("disturbed", "auto", 3));
    assertThat(result.resumedAt()).isEqualTo(30);
    assertThat(losses("disturbed")).isEqualTo(losses("undisturbed"));
    assertThat(savedModelHash("disturbed")).isEqualTo(savedModelHash("undisturbed"));
  }

  @Test
  void train_whenFinished_doesNothing() throws IOException {
    train(settings("finished", "auto", 4));
    String before = savedModelHash("finished");
    Path lock = work.resolve("finished/.lock");
    Files.delete(lock);
    TrainingResult again = train(settings("finished", "auto", 4));
    assertThat(again.alreadyComplete()).isTrue();
    // Root may write everywhere, so no test can take the right away.
    assertThat(lock).doesNotExist();
    assertThat(savedModelHash("finished")).isEqualTo(before);
  }

  @Test
  void train_withOtherSettingsIntoAFinishedOne_isRefused() {
    train(settings("refused", "auto", 5));
    assertThatFailure(() -> train(settings("refused", "auto", 6)))
        .isOfKind(Failure.Kind.OUTPUT_EXISTS)
        .hasMessageContaining("seed was 5 and is 6");
  }

  @Test
  void train_withDamagedCheckpoint_fallsBackToTheOlderAndSaysSo() throws IOException {
    Progress killer =
        (done, total, unit, details) -> {
          if (done == 25) {
            throw new Killed();
          }
        };
    assertThatThrownBy(() -> train(settings("torn", "auto", 8), killer)).isInstanceOf(Killed.class);
    Path newest = work.resolve("torn/checkpoints/step-00000024/tensors.data-00000-of-00001");
    byte[] tensors = Files.readAllBytes(newest);
    tensors[tensors.length / 2] ^= 1;
    Files.write(newest, tensors);
    // It was written only because its error is the lowest so far.
    assertThatThrownBy(() -> train(settings("torn", "auto", 8), killer)).isInstanceOf(Killed.class);
    assertThat(CheckpointInspection.of(store, Location.of(newest.getParent())).findings())
        .isEmpty();
    assertThat(notices).contains("Continuing at step 20 of 40");
    assertThat(notices)
        .anySatisfy(
            notice ->
                assertThat(notice)
                    .contains("step-00000024")
                    .contains("tensors.data-00000-of-00001 was changed after it was written"));
  }

  @Test
  void train_withoutIntactCheckpoint_saysThatItStartsAgain() throws IOException {
    train(constant("unsound", 1));
    Files.delete(work.resolve("unsound/model/model.json"));
    Files.delete(work.resolve("unsound/checkpoints/step-00000001/COMMIT.json"));
    assertThat(notices).noneMatch(notice -> notice.contains("starts again"));
    assertThat(train(constant("unsound", 1)).resumedAt()).isZero();
    assertThat(notices)
        .contains(
            "No checkpoint is intact, so the training starts again at step 0; with --resume "
                + "required it would fail instead");
  }

  @Test
  void train_resumeRequiredWithoutCheckpoint_isRefused() {
    assertThatFailure(() -> train(settings("nothing", "required", 1)))
        .isOfKind(Failure.Kind.INPUT_MISSING);
  }

  @Test
  void train_whereStopIsRequested_commitsThatStepAndContinuesBitByBit() throws IOException {
    train(settings("undisturbed", "auto", 3));
    // Called after every step and before both batches of the validation after steps 8, 16 and 24:
    // the third run ends between these two, the fourth does that validation again.
    for (int stopAfter : new int[] {3, 8, 9, 15}) {
      int[] asked = {0};
      TrainingSettings stopped = settings("stopped", "auto", 3);
      assertThatFailure(
              () ->
                  new Trainer(store, Clock.systemUTC())
                      .train(stopped, Progress.SILENT, notices::add, () -> ++asked[0] >= stopAfter))
          .isOfKind(Failure.Kind.INTERRUPTED)
          .hasMessageContaining("with a checkpoint; run the same command again to continue");
    }
    assertThat(notices)
        .filteredOn(notice -> notice.startsWith("Continuing"))
        .containsExactly(
            "Continuing at step 3 of 40",
            "Continuing at step 9 of 40",
            "Continuing at step 16 of 40");
    TrainingResult result = train(settings("stopped", "auto", 3));
    assertThat(result.resumedAt()).isEqualTo(26);
    assertThat(losses("stopped")).isEqualTo(losses("undisturbed"));
    assertThat(savedModelHash("stopped")).isEqualTo(savedModelHash("undisturbed"));
  }

  @Test
  void train_onAPlateauOfTheError_dropsTheRateAndResumesBitByBit() throws IOException {
    // What an earlier training has learned stays as it is at such a rate, so the fifth and the
    // ninth
    // epoch end a plateau.
    train(settings("taught", "auto", 3));
    train(plateau("whole"));
    int[] steps = {0};
    assertThatFailure(
        () ->
            new Trainer(store, Clock.systemUTC())
                .train(plateau("parts"), Progress.SILENT, notices::add, () -> ++steps[0] >= 26));
    train(plateau("parts"));
    assertThat(losses("parts")).isEqualTo(losses("whole"));
    assertThat(losses("whole"))
        .filteredOn(line -> line.contains("\"step\":40,") && line.contains("learning_rate"))
        .singleElement(STRING)
        .containsPattern("\"learning_rate/weights\":(1\\.0|9\\.9)[0-9]*E-1[12],");
  }

  private TrainingSettings plateau(String workdir) {
    return TrainingSettings.builder()
        .set(TrainingSettings.DATA, data.location())
        .set(TrainingSettings.VALIDATION, validation.location())
        .set(TrainingSettings.WORKDIR, Location.of(work.resolve(workdir)))
        .set(NetworkSettings.PRESET, "mini")
        .set(TrainingSettings.EPOCHS, 10)
        .set(NetworkSettings.BATCH, 63)
        .set(LearningPlan.LEARNING_RATE, 1e-9)
        .set(LearningPlan.SCHEDULE, Schedule.PLATEAU)
        .set(LearningPlan.WARM_UP, 0.5)
        .set(LearningPlan.FREEZE, "conv1")
        .set(InitialModel.DIRECTORY, Location.of(work.resolve("taught/model")))
        .set(TrainingSettings.CHECKPOINT_STEPS, 10L)
        .build();
  }

  @Test
  void train_ofMoreStepsAfterTheEnd_givesTheBitsOfATrainingOfThatLength() throws IOException {
    train(constant("short", 20));
    String shorter = savedModelHash("short");
    TrainingResult longer = train(constant("short", STEPS));
    assertThat(longer.resumedAt()).isEqualTo(20);
    train(constant("long", STEPS));
    assertThat(savedModelHash("short")).isEqualTo(savedModelHash("long")).isNotEqualTo(shorter);
    assertThat(losses("short"))
        .filteredOn(line -> !line.contains("\"step\":20,") || line.contains("train/"))
        .isEqualTo(losses("long"));
  }

  @Test
  void train_resumedWithAnotherValidationSet_saysThatErrorsAreNotComparable() {
    train(constant("sets", 10));
    train(constant("sets", 11));
    assertThat(notices).contains("Continuing at step 10 of 11");
    train(constant("sets", 12, null));
    assertThat(notices).noneMatch(notice -> notice.contains("do not compare"));
    Dataset other = DatasetFixture.write(work.resolve("other"), "validation", 56, 4, 30);
    train(constant("sets", 13, other));
    assertThat(notices)
        .contains(
            "Some errors up to step 12 are from another validation set, with the hash "
                + validation.hash()
                + "; "
                + other.location()
                + " has "
                + other.hash()
                + ". They are not comparable, also in metrics.jsonl; the best checkpoint of "
                + "each set is kept");
  }

  @Test
  void train_ofMoreOrFewerSteps_isRefusedWhereItCannotBe() throws IOException {
    train(constant("finished", 20));
    assertFailure(
        () -> train(constant("finished", 10)),
        Failure.Kind.OUTPUT_EXISTS,
        "was trained for 20 steps, more than the requested 10");
    try (Stream<Path> files = Files.list(work.resolve("finished/checkpoints"))) {
      for (Path checkpoint : files.toList()) {
        Files.delete(checkpoint.resolve("COMMIT.json"));
      }
    }
    String before = savedModelHash("finished");
    assertFailure(
        () -> train(constant("finished", STEPS)),
        Failure.Kind.INPUT_MISSING,
        "the continuation of a finished training");
    assertThat(savedModelHash("finished")).isEqualTo(before);
  }

  @Test
  void train_ofMoreStepsWhereTheScheduleKnowsTheEnd_saysWhichSchedulesAllowIt() {
    Map<String, String> then = Map.of("schedule", "dexp", "steps", "20", "seed", "1");
    Map<String, String> now = Map.of("schedule", "dexp", "steps", "40", "seed", "1");
    assertFailure(
        () -> new Trajectory(now).requireSame("It", then, Failure.Kind.MISMATCH),
        Failure.Kind.MISMATCH,
        "steps was 20 and is 40 (the rates of the schedule 'dexp' depend on the training's"
            + " length; it can be changed only with constant or plateau)");
  }

  @Test
  void train_whereACheckpointCannotBeWritten_endsWithTheReasonSoonAfter() throws IOException {
    Files.createDirectories(work.resolve("full"));
    Files.createFile(work.resolve("full/checkpoints"));
    List<Long> steps = new ArrayList<>();
    assertThatFailure(
            () -> train(constant("full", 1000), (done, total, unit, details) -> steps.add(done)))
        .isOfKind(Failure.Kind.INPUT_OUTPUT)
        .hasMessageContaining("Cannot write the checkpoint")
        .hasMessageContaining("full/checkpoints/step-000000");
    assertThat(steps).hasSizeBetween(7, 30);
  }

  private static void assertFailure(ThrowingCallable work, Failure.Kind kind, String message) {
    assertThatFailure(work).isOfKind(kind).hasMessageContaining(message);
  }
}
