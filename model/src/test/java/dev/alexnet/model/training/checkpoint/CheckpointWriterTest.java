package dev.alexnet.model.training.checkpoint;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.network.Parameter;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.testing.DirectoryBucket;
import dev.alexnet.model.training.step.BatchResult;
import dev.alexnet.model.training.step.LearningRates;
import dev.alexnet.model.training.step.MiniSession;
import dev.alexnet.model.training.step.Snapshot;
import dev.alexnet.model.training.step.TrainingSession;
import dev.alexnet.model.training.watch.StallWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.types.TFloat32;

class CheckpointWriterTest {
  private static final LearningRates RATES = new LearningRates(0.01, 0.02);
  private static final int CLASSES = 4;

  @TempDir static Path set;
  private static TrainingSession session;
  private static List<Parameter> parameters;

  @TempDir Path directory;

  @BeforeAll
  static void openASession() {
    Dataset data = DatasetFixture.write(set, "train", 56, CLASSES, 64);
    session = MiniSession.of(data, Placement.host(2), 16);
    session.variables().initialize();
    parameters = session.variables().parameters();
  }

  @AfterAll
  static void closeIt() {
    session.close();
  }

  private static List<float[]> values() {
    return parameters.stream().map(session.variables()::value).toList();
  }

  private static void train(long from, long to) {
    session.seek(from);
    for (long step = from; step < to; step++) {
      session.step(step, RATES);
    }
  }

  static CheckpointState state(long step) {
    return new CheckpointState(
        step,
        0,
        step,
        new LearningRates(0.01, 0.02),
        BatchResult.none(),
        PlateauState.NONE,
        null,
        Map.of());
  }

  private static void noLogs() {}

  private static Snapshot snapshot() {
    return session.variables().snapshot();
  }

  /** A snapshot of the session that does something first when it is saved. */
  private static Snapshot snapshot(Runnable first) {
    Snapshot taken = snapshot();
    return new Snapshot() {
      @Override
      public TFloat32 value(String name) {
        return taken.value(name);
      }

      @Override
      public void save(Path path) {
        first.run();
        taken.save(path);
      }

      @Override
      public void close() {
        taken.close();
      }
    };
  }

  private LocalCheckpoints checkpoints() {
    return new LocalCheckpoints(ObjectStores.standard(), directory);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void snapshot_savedAfterLaterSteps_hasTheStateOfItsStep() throws IOException {
    train(0, 2);
    List<float[]> atTwo = values();
    Path files = Files.createDirectory(directory.resolve("saved")).resolve("tensors");
    List<float[]> atFour;
    try (Snapshot snapshot = session.variables().snapshot()) {
      train(2, 4);
      atFour = values();
      snapshot.save(files);
    }
    assertThat(differing(atTwo, atFour)).isEqualTo(parameters.size());
    session.variables().restore(files);
    assertThat(differing(values(), atTwo)).isZero();
    // The momenta too: the same two steps give the same values.
    train(2, 4);
    assertThat(differing(values(), atFour)).isZero();
  }

  private static long differing(List<float[]> one, List<float[]> other) {
    long differing = 0;
    for (int i = 0; i < one.size(); i++) {
      differing += Arrays.equals(one.get(i), other.get(i)) ? 0 : 1;
    }
    return differing;
  }

  @Test
  void begin_whileTheTrainingContinues_commitsWhenItIsWritten() {
    Checkpoints checkpoints = checkpoints();
    CountDownLatch latch = new CountDownLatch(1);
    try (CheckpointWriter writer = new CheckpointWriter(checkpoints, StallWatch.unlimited())) {
      writer.begin(state(1), () -> snapshot(() -> await(latch)), CheckpointWriterTest::noLogs);
      session.seek(0);
      session.step(0, RATES);
      writer.check();
      assertThat(directory.resolve("step-00000001")).doesNotExist();
      latch.countDown();
      writer.await();
      assertThat(checkpoints.newest(skipped -> {}).map(c -> c.state().step()))
          .isEqualTo(Optional.of(1L));
    }
  }

  @Test
  void begin_whileOneIsInProgress_takesItsSnapshotAfterThatIsCommitted() {
    CountDownLatch latch = new CountDownLatch(1);
    Thread training = Thread.currentThread();
    Thread release =
        new Thread(
            () -> {
              while (training.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
              }
              latch.countDown();
            });
    List<Boolean> firstCommitted = new ArrayList<>();
    try (CheckpointWriter writer = new CheckpointWriter(checkpoints(), StallWatch.unlimited())) {
      writer.begin(state(1), () -> snapshot(() -> await(latch)), CheckpointWriterTest::noLogs);
      release.start();
      writer.begin(
          state(2),
          () -> {
            firstCommitted.add(Files.exists(directory.resolve("step-00000001/COMMIT.json")));
            return snapshot();
          },
          CheckpointWriterTest::noLogs);
    }
    assertThat(firstCommitted).containsExactly(true);
    assertThat(directory.resolve("step-00000002/COMMIT.json")).exists();
  }

  @Test
  void check_afterAFailedWrite_throwsItsReasonOnce() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    try (CheckpointWriter writer =
        new CheckpointWriter(
            new LocalCheckpoints(ObjectStores.standard(), file), StallWatch.unlimited())) {
      writer.begin(state(1), CheckpointWriterTest::snapshot, CheckpointWriterTest::noLogs);
      assertThatFailure(writer::await)
          .isOfKind(Failure.Kind.INPUT_OUTPUT)
          .hasMessageContaining("Cannot write the checkpoint " + file.resolve("step-00000001"));
      writer.check();
    }
  }

  @Test
  void close_checkpointNeverWritten_warnsAndFailsWithItsDirectory() {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    List<String> notices = new ArrayList<>();
    StallWatch watch = new StallWatch(Duration.ofMillis(4), notices::add);
    CheckpointWriter writer = new CheckpointWriter(checkpoints(), watch);
    try (watch) {
      writer.begin(
          state(1),
          () ->
              snapshot(
                  () -> {
                    writing.countDown();
                    await(never);
                    throw new IllegalStateException("Its directory is gone");
                  }),
          CheckpointWriterTest::noLogs);
      await(writing);
      assertThatFailure(writer::close)
          .isOfKind(Failure.Kind.INPUT_OUTPUT)
          .hasMessage(
              "No step was finished for 0.004 s: the training waits for what it writes to "
                  + directory.resolve(".pending-step-00000001")
                  + ", which responds, but is slow or accepts no more data. Run the same command"
                  + " again to continue from the last checkpoint, or allow more time with"
                  + " --stall-minutes");
      assertThat(watch.isStuck()).isTrue();
      // A second close does not wait again.
      writer.close();
    } finally {
      never.countDown();
    }
    assertThat(notices)
        .singleElement(STRING)
        .startsWith("No step was finished for 0.002 s: the training waits for what it writes to ");
  }

  @Test
  void close_checkpointNeverUploaded_failsWithTheBucketAndNamesTheDirectory(
      @TempDir Path inBucket) {
    DirectoryBucket bucket = new DirectoryBucket(inBucket);
    Location place = bucket.location("first/checkpoints");
    Checkpoints checkpoints =
        new PublishedCheckpoints(
            bucket, new LocalCheckpoints(bucket, directory), place, CheckpointWriterTest::noLogs);
    CountDownLatch uploading = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    StallWatch watch = new StallWatch(Duration.ofMillis(4), notice -> {});
    CheckpointWriter writer = new CheckpointWriter(checkpoints, watch);
    try (watch) {
      writer.begin(
          state(1),
          CheckpointWriterTest::snapshot,
          () -> {
            uploading.countDown();
            await(never);
            throw new IllegalStateException("Its directory is gone");
          });
      await(uploading);
      assertThatFailure(writer::close)
          .isOfKind(Failure.Kind.REMOTE)
          .hasMessage(
              "No step was finished for 0.004 s: the training waits for the upload of "
                  + directory.resolve("step-00000001")
                  + ", which responds, to "
                  + place
                  + "/step-00000001: the bucket is slow or does not answer. Run the same command"
                  + " again to continue from the last checkpoint, or allow more time with"
                  + " --stall-minutes");
      assertThat(directory.resolve("step-00000001/COMMIT.json")).exists();
      writer.close();
    } finally {
      never.countDown();
    }
  }

  @Test
  void settlePending_afterAKill_leavesWhatIsCommitted() throws IOException {
    Checkpoints checkpoints = checkpoints();
    try (CheckpointWriter writer = new CheckpointWriter(checkpoints, StallWatch.unlimited())) {
      writer.begin(state(1), CheckpointWriterTest::snapshot, CheckpointWriterTest::noLogs);
    }
    Files.createDirectories(directory.resolve(".pending-step-00000002"));
    Files.writeString(directory.resolve(".pending-step-00000002/tensors.index"), "half");
    checkpoints.settlePending();
    assertThat(directory).isDirectoryContaining("glob:**/step-00000001");
    assertThat(directory.resolve(".pending-step-00000002")).doesNotExist();
  }
}
