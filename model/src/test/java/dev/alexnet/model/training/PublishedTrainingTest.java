package dev.alexnet.model.training;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.testing.DirectoryBucket.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Trainings whose work directory is in a bucket. */
@Tag("long")
class PublishedTrainingTest extends PublishedTraining {

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
}
