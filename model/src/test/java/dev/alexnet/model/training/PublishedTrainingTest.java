package dev.alexnet.model.training;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.network.NetworkSettings;
import dev.alexnet.model.testing.DirectoryBucket;
import dev.alexnet.model.testing.DirectoryBucket.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Trainings whose work directory is in a bucket. */
@Tag("long")
class PublishedTrainingTest extends TrainingTest {
  private static final Set<String> HIDDEN = Set.of(".lock", ".lease", ".training");

  private DirectoryBucket bucket;
  private Path inBucket;
  private Location workdir;

  /** Ends a training from within, like a kill. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @BeforeEach
  void makeABucket() {
    bucket = new DirectoryBucket(work.resolve("bucket"));
    workdir = bucket.location("runs/first");
    inBucket = work.resolve("bucket/runs/first");
  }

  private TrainingSettings in(Location workdir, String machine, String resume) {
    return in(workdir, machine, resume, 0.01, "");
  }

  private TrainingSettings in(
      Location workdir, String machine, String resume, double rate, String initial) {
    return LearningChoice.of(rate, Schedule.CONSTANT)
        .apply(
            TrainingSettings.builder()
                .set(TrainingSettings.DATA, data.location())
                .set(TrainingSettings.VALIDATION, validation.location())
                .set(TrainingSettings.WORKDIR, workdir)
                .set(TrainingSettings.SCRATCH, Location.of(work.resolve(machine)))
                .set(InitialModel.DIRECTORY, initial.isEmpty() ? null : new Location(initial))
                .set(NetworkSettings.PRESET, "mini")
                .set(TrainingSettings.STEPS, (long) STEPS)
                .set(NetworkSettings.BATCH, 32)
                .set(NetworkSettings.DEVICES, "cpu:0,cpu:1")
                .set(TrainingSettings.RESUME, TrainingSettings.RESUME.parse(resume))
                .set(TrainingSettings.CHECKPOINT_STEPS, (long) CHECKPOINT_STEPS)
                .set(TrainingSettings.TRACE, true)
                .set(TrainingSettings.SEED, 3L))
        .build();
  }

  private TrainingSettings on(String machine) {
    return in(workdir, machine, "auto");
  }

  private TrainingResult run(TrainingSettings settings, Progress progress, BooleanSupplier stop) {
    return new Trainer(bucket, Clock.systemUTC()).train(settings, progress, notices::add, stop);
  }

  private TrainingResult run(TrainingSettings settings) {
    return run(settings, Progress.SILENT, () -> false);
  }

  private void killAt(long step, TrainingSettings settings) {
    Progress killer =
        (done, total, unit, details) -> {
          if (done == step) {
            // A killed process sends nothing more.
            bucket.failFrom(1, Fault.REFUSED);
            throw new Killed();
          }
        };
    assertThatThrownBy(() -> run(settings, killer, () -> false))
        .isInstanceOfAny(Killed.class, Failure.class);
    recover();
  }

  /** Makes the bucket answer again, without the lease that a run could not give back. */
  private void recover() {
    bucket.recover();
    remove(inBucket.resolve(".lease"));
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path localReference() {
    Path reference = work.resolve("reference");
    run(in(Location.of(reference), "unused", "auto"));
    assertThat(work.resolve("unused")).doesNotExist();
    return reference;
  }

  /** The hash of each file; of logs their lines without rates, of events and traces the name. */
  private static Map<String, String> files(Path directory) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = directory.relativize(file).toString();
        if (name.equals("metrics.jsonl")) {
          files.put(
              name,
              Files.readString(file)
                  .replaceAll("\"images_per_second\":[^,]*,|\"time\":[^,]*,", ""));
        } else if (name.startsWith("events/")) {
          files.put(name.replaceAll("tfevents\\.\\d+", "tfevents"), Files.size(file) + " bytes");
        } else if (name.startsWith("trace/")) {
          files.put(name, "");
        } else if (!HIDDEN.contains(name)) {
          files.put(name, Sha256.of(Files.readAllBytes(file)));
        }
      }
    }
    return files;
  }

  /** Without what depends on when a run started: every run has its own events and its own trace. */
  private static Map<String, String> results(Path directory) throws IOException {
    Map<String, String> files = files(directory);
    files.keySet().removeIf(name -> name.startsWith("events/") || name.startsWith("trace/"));
    return files;
  }

  @Test
  void train_intoABucket_makesTheFilesOfALocalTraining() throws IOException {
    Path reference = localReference();
    TrainingResult result = run(on("machine"));
    assertThat(result.model()).isEqualTo(workdir.resolve("model"));
    assertThat(files(inBucket)).isEqualTo(files(reference)).hasSizeGreaterThan(12);
    assertThat(notices)
        .anyMatch(
            notice ->
                notice.startsWith(
                    "Step 9 was traced; open " + workdir + "/trace/step-00000009.json in "));
    bucket.recover();
    assertThat(run(on("other")).alreadyComplete()).isTrue();
    assertThat(bucket.requests()).isLessThan(10);
    assertThat(work.resolve("other")).doesNotExist();
  }

  @Test
  void train_killedAgainAndAgain_continuesOnEmptyDisksToTheSameBits() throws IOException {
    Map<String, String> expected = results(localReference());
    for (int kill : new int[] {3, 12, 13, 24, 33, 39}) {
      killAt(kill, on("machine" + kill));
    }
    TrainingResult result = run(on("last"));
    assertThat(result.resumedAt()).isGreaterThanOrEqualTo(20);
    assertThat(results(inBucket)).isEqualTo(expected);
  }

  /** The bucket fails at each of some requests of a whole training; after it, on an empty disk. */
  @Test
  void train_bucketFailsAtAnyRequest_continuesOnAnEmptyDiskToTheSameBits() throws IOException {
    Map<String, String> expected = results(localReference());
    bucket.recover();
    run(on("counted"));
    long requests = bucket.requests();
    bucket.deleteDirectory(workdir);
    int fired = 0;
    for (long failing = 1; failing < requests; failing += 7) {
      bucket.failFrom(failing, failing % 2 == 0 ? Fault.REFUSED : Fault.LOST_ANSWER);
      try {
        run(on("machine" + failing));
      } catch (Failure e) {
        assertThat(e.kind()).isEqualTo(Failure.Kind.REMOTE);
        fired++;
      }
      recover();
    }
    run(on("last"));
    assertThat(fired).isGreaterThan(3);
    assertThat(results(inBucket)).isEqualTo(expected);
  }

  @Test
  void train_bucketRefusesForEver_endsAfterTheNextStepAndContinuesFromTheDisk() throws IOException {
    Map<String, String> expected = results(localReference());
    List<Long> steps = new ArrayList<>();
    Progress breaker =
        (done, total, unit, details) -> {
          steps.add(done);
          if (done == 15) {
            bucket.failFrom(1, Fault.REFUSED);
          }
        };
    assertThatFailure(() -> run(on("machine"), breaker, () -> false))
        .isOfKind(Failure.Kind.REMOTE)
        .hasMessageStartingWith("Cannot publish the checkpoint " + workdir + "/checkpoints/step-0")
        .hasMessageContaining(
            "It is complete in " + work.resolve("machine/checkpoints/step-000000"));
    assertThat(steps.get(steps.size() - 1)).isLessThanOrEqualTo(30);
    recover();
    TrainingResult result = run(on("machine"));
    // The step of the checkpoint that was not published.
    assertThat(result.resumedAt()).isGreaterThan(10);
    assertThat(results(inBucket)).isEqualTo(expected);
  }

  @Test
  void train_stopIsRequested_publishesTheCheckpointOfThatStep() throws IOException {
    Map<String, String> expected = results(localReference());
    int[] asked = {0};
    assertThatFailure(() -> run(on("machine"), Progress.SILENT, () -> ++asked[0] >= 5))
        .isOfKind(Failure.Kind.INTERRUPTED);
    assertThat(inBucket.resolve("checkpoints/step-00000005/COMMIT.json")).exists();
    assertThat(inBucket.resolve("metrics.jsonl")).exists();
    assertThat(run(on("other")).resumedAt()).isEqualTo(5);
    assertThat(results(inBucket)).isEqualTo(expected);
  }

  @Test
  void train_resumeNever_deletesWhatIsInTheBucket() throws IOException {
    run(on("machine"));
    Map<String, String> expected = results(inBucket);
    Files.writeString(inBucket.resolve("checkpoints/step-00000040/stray"), "of an earlier one");
    TrainingResult again = run(in(workdir, "other", "never"));
    assertThat(again.resumedAt()).isZero();
    assertThat(again.alreadyComplete()).isFalse();
    assertThat(results(inBucket)).isEqualTo(expected);
  }

  @Test
  void train_resumeRequired_needsACheckpointInTheBucketOrOnTheDisk() {
    assertThatFailure(() -> run(in(workdir, "machine", "required")))
        .isOfKind(Failure.Kind.INPUT_MISSING)
        .hasMessageContaining("There is no checkpoint under " + workdir + "/checkpoints");
    killAt(15, on("machine"));
    assertThat(run(in(workdir, "other", "required")).resumedAt()).isGreaterThanOrEqualTo(8);
  }

  @Test
  void train_fromACheckpointInTheBucket_startsAsFromALocalOne() throws IOException {
    run(on("machine"));
    Location second = bucket.location("runs/second");
    String checkpoint = workdir + "/checkpoints/step-00000040";
    run(in(second, "machine2", "auto", 0.01, checkpoint));
    Path local = work.resolve("local");
    String copy = inBucket.resolve("checkpoints/step-00000040").toString();
    run(in(Location.of(local), "unused", "auto", 0.01, copy));
    assertThat(results(work.resolve("bucket/runs/second"))).isEqualTo(results(local));
    assertThat(work.resolve("machine2/initial-checkpoint")).doesNotExist();
    assertThat(notices).anyMatch(notice -> notice.startsWith("Copied from " + checkpoint + ": "));
  }

  @Test
  void train_fromAModelInTheBucket_startsAsFromALocalOne() throws IOException {
    run(on("machine"));
    Location second = bucket.location("runs/second");
    run(in(second, "machine2", "auto", 0.01, workdir + "/model"));
    Path local = work.resolve("local");
    run(in(Location.of(local), "unused", "auto", 0.01, inBucket.resolve("model").toString()));
    assertThat(results(work.resolve("bucket/runs/second"))).isEqualTo(results(local));
  }

  @Test
  void train_lossExplodes_publishesTheBatchAndNamesItsPlace() throws IOException {
    assertThatFailure(() -> run(in(workdir, "machine", "auto", 1e30, "")))
        .isOfKind(Failure.Kind.NOT_FINITE)
        .hasMessageContaining("images are listed in " + workdir + "/failed-batch.txt: ");
    assertThat(inBucket.resolve("failed-batch.txt")).content().matches("(train\\d+\\.JPEG\\n){32}");
    run(in(workdir, "other", "never"));
    assertThat(inBucket.resolve("failed-batch.txt")).doesNotExist();
  }

  @Test
  void train_inTheScratchDirectoryOfAnother_isRefused() {
    run(on("machine"));
    Location second = bucket.location("runs/second");
    assertThatFailure(() -> run(in(second, "machine", "auto")))
        .isOfKind(Failure.Kind.OUTPUT_EXISTS)
        .hasMessage(
            "The scratch directory "
                + work.resolve("machine")
                + " holds files of the training in "
                + workdir
                + ", which may not be published yet; give another --scratch, or delete it");
  }

  @Test
  void scratch_notGiven_dependsOnTheWorkDirectory() {
    TrainingSettings settings =
        TrainingSettings.builder()
            .set(TrainingSettings.DATA, data.location())
            .set(TrainingSettings.WORKDIR, new Location("gs://bucket/first"))
            .set(TrainingSettings.STEPS, 1L)
            .build();
    assertThat(settings.scratch())
        .isEqualTo(
            Path.of(
                System.getProperty("java.io.tmpdir"),
                "alexnet-"
                    + System.getProperty("user.name")
                    // printf %s gs://bucket/first | sha256sum | cut -c 1-12
                    + "-309ed36a4caa"));
  }

  /** As by {@code --redo}, or by hand: what is on this disk is of the training that is gone. */
  @Test
  void train_deletedInTheBucket_doesNotContinueWhatThisDiskHas() throws IOException {
    Map<String, String> expected = results(localReference());
    run(in(workdir, "machine", "auto", 0.02, ""));
    bucket.deleteDirectory(workdir);

    TrainingResult result = run(on("machine"));

    assertThat(result.resumedAt()).isZero();
    assertThat(results(inBucket)).isEqualTo(expected);
    assertThat(work.resolve("machine/events")).isDirectoryContaining(path -> true);
    assertThat(notices)
        .contains(
            "Deleting what an earlier training in %s left in %s, because it was deleted or replaced there"
                .formatted(workdir, work.resolve("machine")));
  }

  @Test
  void train_replacedByAnotherMachine_doesNotContinueWhatThisDiskHas() throws IOException {
    killAt(33, in(workdir, "machine", "auto", 0.02, ""));
    killAt(13, in(workdir, "other", "never"));

    TrainingResult result = run(on("machine"));

    assertThat(result.resumedAt()).isPositive().isLessThan(13);
    assertThat(results(inBucket)).isEqualTo(results(localReference()));
  }
}
