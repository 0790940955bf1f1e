package dev.alexnet.model.training.watch;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.network.Execution;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.network.Presets;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.training.step.LearningRates;
import dev.alexnet.model.training.step.SessionPlan;
import dev.alexnet.model.training.step.TrainingSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StallWatchTest {
  private static final StallWatch.Cause CAUSE =
      new StallWatch.Cause(Failure.Kind.DEVICE, "it waits for a test");

  @TempDir Path directory;
  private final List<String> notices = new ArrayList<>();

  @Test
  void step_finishedInTime_givesItsResultWithoutNotice() {
    try (StallWatch watch = new StallWatch(Duration.ofHours(1), notices::add)) {
      assertThat(watch.<Integer>during(Duration.ZERO, () -> 3, () -> CAUSE)).isEqualTo(3);
      assertThat(watch.isStuck()).isFalse();
    }
    assertThat(notices).isEmpty();
  }

  @Test
  void step_withVeryLongPatience_givesItsResult() {
    Duration ages = Duration.ofMillis(Long.MAX_VALUE);
    try (StallWatch watch = new StallWatch(ages, notices::add)) {
      assertThat(watch.<Integer>during(ages, () -> 3, () -> CAUSE)).isEqualTo(3);
    }
  }

  @Test
  void step_thatFails_throwsItsException() {
    try (StallWatch watch = new StallWatch(Duration.ofHours(1), notices::add)) {
      assertThatThrownBy(
              () ->
                  watch.during(
                      Duration.ZERO,
                      () -> {
                        throw new IllegalArgumentException("it failed");
                      },
                      () -> CAUSE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("it failed");
      assertThat(watch.isStuck()).isFalse();
    }
  }

  @Test
  void step_thatHangs_warnsAndFailsWithTheCause() {
    CountDownLatch never = new CountDownLatch(1);
    try (StallWatch watch = new StallWatch(Duration.ofMillis(2), notices::add)) {
      assertThatFailure(
              () ->
                  watch.during(
                      Duration.ofMillis(4),
                      () -> {
                        never.await();
                        return 1;
                      },
                      () -> CAUSE))
          .isOfKind(Failure.Kind.DEVICE)
          .hasMessageStartingWith(
              "No step was finished for 0.006 s: it waits for a test. Run the same");
      assertThat(watch.isStuck()).isTrue();
    }
    never.countDown();
    assertThat(notices).containsExactly("No step was finished for 0.003 s: it waits for a test");
  }

  /** A pipe that nobody writes to is like a disk that does not respond. */
  @Test
  void step_shardDoesNotRespond_namesIt() throws IOException, InterruptedException {
    Dataset data = DatasetFixture.write(directory, "train", 56, 4, 64);
    Path shard = directory.resolve("train-00001-of-00002.tfrecord");
    Files.delete(shard);
    assertThat(new ProcessBuilder("mkfifo", shard.toString()).start().waitFor()).isZero();
    StallWatch watch = new StallWatch(Duration.ofMillis(20), notices::add);
    TrainingSession session =
        new TrainingSession(
            SessionPlan.published(Presets.mini(), Execution.on(Placement.host(2)), 16),
            data,
            null,
            watch);
    try (watch;
        session) {
      session.variables().initialize();
      session.seek(0);
      assertThatFailure(() -> session.step(0, new LearningRates(0.01, 0.02)))
          .isOfKind(Failure.Kind.INPUT_OUTPUT)
          .hasMessageContaining("waits for images, but " + shard + " does not respond");
    } finally {
      // Releases every thread that waits for the pipe.
      Files.newByteChannel(shard, StandardOpenOption.WRITE).close();
    }
    assertThat(notices).hasSize(1);
  }

  @Test
  void cause_imagesAreReady_isTheDevice() {
    StepInput input = new StepInput(Location.of(directory), List::of, () -> true);
    StallWatch.Cause cause = StalledStep.cause(input, "gpu:0,gpu:1");
    assertThat(cause)
        .isEqualTo(
            new StallWatch.Cause(
                Failure.Kind.DEVICE, "the images are ready, but the step hangs on gpu:0,gpu:1"));
  }
}
