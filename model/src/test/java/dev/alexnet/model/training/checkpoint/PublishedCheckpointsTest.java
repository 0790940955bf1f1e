package dev.alexnet.model.training.checkpoint;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.testing.DirectoryBucket;
import dev.alexnet.model.testing.DirectoryBucket.Fault;
import dev.alexnet.model.training.checkpoint.Checkpoints.Checkpoint;
import dev.alexnet.model.training.step.BatchResult;
import dev.alexnet.model.training.step.LearningRates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PublishedCheckpointsTest {
  @TempDir Path directory;

  private final List<String> notices = new ArrayList<>();
  private int logsFetched;
  private int logsPublished;
  private Path inBucket;
  private DirectoryBucket bucket;
  private Location place;

  @BeforeEach
  void makeABucket() {
    open("bucket");
  }

  private void open(String name) {
    bucket = new DirectoryBucket(directory.resolve(name));
    place = bucket.location("first/checkpoints");
    inBucket = directory.resolve(name).resolve("first/checkpoints");
  }

  /** The checkpoints as a run on a machine sees them. */
  private PublishedCheckpoints on(String machine) {
    return new PublishedCheckpoints(
        bucket,
        new LocalCheckpoints(bucket, directory.resolve(machine)),
        place,
        () -> logsFetched++);
  }

  private static CheckpointState state(long step, Double error) {
    return new CheckpointState(
        step,
        0,
        step,
        new LearningRates(0.01, 0.02),
        BatchResult.none(),
        PlateauState.NONE,
        error,
        Map.of("validation", "set"));
  }

  static void write(Checkpoints checkpoints, long step, Double error) {
    checkpoints.write(
        state(step, error),
        path -> {
          try {
            Files.writeString(path.resolveSibling("tensors.data"), "the values of step " + step);
            Files.writeString(path.resolveSibling("tensors.index"), "of step " + step);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private void publish(Checkpoints checkpoints, long step) {
    checkpoints.publication(step, () -> logsPublished++).orElseThrow().work().run();
  }

  private void writeAndPublish(Checkpoints checkpoints, long step, Double error) {
    write(checkpoints, step, error);
    publish(checkpoints, step);
  }

  private Optional<Checkpoint> newest(PublishedCheckpoints checkpoints) {
    checkpoints.settlePending();
    return checkpoints.newest(notices::add);
  }

  private long newestStep(PublishedCheckpoints checkpoints) {
    return newest(checkpoints).orElseThrow().state().step();
  }

  /** The content of each file, by its name relative to the directory. */
  static Map<String, String> files(Path directory) {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(directory.relativize(file).toString(), Files.readString(file));
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, String> filesOfALocalTraining(long steps) {
    Path reference = directory.resolve("reference" + steps);
    LocalCheckpoints checkpoints = new LocalCheckpoints(ObjectStores.standard(), reference);
    for (long step = 1; step <= steps; step++) {
      write(checkpoints, step, error(step));
    }
    return files(reference);
  }

  /** The first checkpoint is the best. */
  private static double error(long step) {
    return step == 1 ? 0.1 : 0.5;
  }

  private void flipABit(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(inBucket.resolve(name));
    bytes[bytes.length / 2] ^= 1;
    Files.write(inBucket.resolve(name), bytes);
  }

  @Test
  void publication_ofSixCheckpoints_leavesTheFilesOfALocalTraining() {
    PublishedCheckpoints checkpoints = on("machine");
    for (long step = 1; step <= 6; step++) {
      writeAndPublish(checkpoints, step, error(step));
    }
    assertThat(files(inBucket)).isEqualTo(filesOfALocalTraining(6)).hasSize(12);
    assertThat(logsPublished).isEqualTo(6);
  }

  @Test
  void publication_onAnotherMachineEachTime_leavesTheFilesOfALocalTraining() {
    for (long step = 1; step <= 6; step++) {
      PublishedCheckpoints checkpoints = on("machine" + step);
      assertThat(newest(checkpoints).map(found -> found.state().step()).orElse(0L))
          .isEqualTo(step - 1);
      writeAndPublish(checkpoints, step, error(step));
    }
    assertThat(files(inBucket)).isEqualTo(filesOfALocalTraining(6));
    assertThat(on("last").history().lowestError(6, "set")).isEqualTo(0.1);
    assertThat(on("last").history().validationSets(6)).containsExactly("set");
  }

  /** The fifth checkpoint makes the second one obsolete. */
  @ParameterizedTest
  @EnumSource
  void publication_failedAtEachRequest_isCompletedByTheNextRun(Fault fault) {
    Map<String, String> expected = filesOfALocalTraining(5);
    int fired = 0;
    for (long failing = 1; fired == failing - 1; failing++) {
      open(fault + "-" + failing);
      String machine = "machine-" + fault + failing;
      PublishedCheckpoints checkpoints = on(machine);
      for (long step = 1; step <= 4; step++) {
        writeAndPublish(checkpoints, step, error(step));
      }
      write(checkpoints, 5, error(5));
      bucket.failAt(failing, fault);
      Optional<Failure> failure = publishing(checkpoints, 5);
      long requests = bucket.requests();
      bucket.recover();
      fired += requests >= failing ? 1 : 0;
      assertThat(failure.isPresent()).isEqualTo(requests >= failing);
      assertThatWhatIsCommittedIsSound();

      String other = "other-" + fault + failing;
      PublishedCheckpoints elsewhere = on(other);
      assertThat(newestStep(elsewhere)).isBetween(4L, 5L);
      assertThatWhatIsCommittedIsSound();

      PublishedCheckpoints again = on(machine);
      assertThat(newestStep(again)).isEqualTo(5);
      publish(again, 5);
      assertThat(files(inBucket)).isEqualTo(expected);
    }
    assertThat(fired).isGreaterThanOrEqualTo(6);
    assertThat(notices).allMatch(notice -> notice.startsWith("Downloading the checkpoint "));
  }

  private Optional<Failure> publishing(Checkpoints checkpoints, long step) {
    try {
      publish(checkpoints, step);
      return Optional.empty();
    } catch (Failure e) {
      assertThat(e.kind()).isEqualTo(Failure.Kind.REMOTE);
      assertThat(e)
          .hasMessageStartingWith(
              "Cannot publish the checkpoint "
                  + place
                  + "/step-0000000"
                  + step
                  + ": the bucket refused request ")
          .hasMessageContaining("/step-0000000" + step + ": run the same command again on this");
      return Optional.of(e);
    }
  }

  private void assertThatWhatIsCommittedIsSound() {
    for (Location checkpoint : CheckpointInspection.under(bucket, place)) {
      if (CheckpointInspection.isAt(bucket, checkpoint)) {
        assertThat(CheckpointInspection.of(bucket, checkpoint).findings()).isEmpty();
      }
    }
  }

  @Test
  void newest_onAnEmptyDisk_isDownloadedWithTheLogsFirst() {
    writeAndPublish(on("machine"), 1, null);
    Checkpoint found = newest(on("other")).orElseThrow();
    assertThat(found.place()).isEqualTo(place.resolve("step-00000001"));
    assertThat(found.tensors()).isEqualTo(directory.resolve("other/step-00000001/tensors"));
    assertThat(files(directory.resolve("other"))).isEqualTo(files(inBucket));
    assertThat(logsFetched).isEqualTo(1);
    assertThat(notices)
        .containsExactly("Downloading the checkpoint " + place.resolve("step-00000001"));
  }

  @Test
  void newest_thatIsOnTheDiskToo_isNotDownloaded() {
    writeAndPublish(on("machine"), 1, null);
    assertThat(newestStep(on("machine"))).isEqualTo(1);
    assertThat(logsFetched).isZero();
    assertThat(notices).isEmpty();
  }

  @Test
  void newest_damagedOnTheDisk_isDownloadedAgain() throws IOException {
    writeAndPublish(on("machine"), 1, null);
    Files.writeString(directory.resolve("machine/step-00000001/tensors.data"), "damaged");
    assertThat(newestStep(on("machine"))).isEqualTo(1);
    assertThat(files(directory.resolve("machine"))).isEqualTo(files(inBucket));
  }

  @Test
  void newest_writtenButNotPublished_isTheLocalOne() {
    writeAndPublish(on("machine"), 1, null);
    write(on("machine"), 2, null);
    PublishedCheckpoints again = on("machine");
    Checkpoint found = newest(again).orElseThrow();
    assertThat(found.state().step()).isEqualTo(2);
    assertThat(found.place()).isEqualTo(place.resolve("step-00000002"));
    publish(again, 2);
    assertThat(files(inBucket)).isEqualTo(files(directory.resolve("machine")));
  }

  @Test
  void newest_olderOnTheDisk_isTheOneOfTheBucket() {
    writeAndPublish(on("machine"), 1, null);
    PublishedCheckpoints other = on("other");
    newest(other);
    writeAndPublish(other, 2, null);
    assertThat(newestStep(on("machine"))).isEqualTo(2);
    assertThat(logsFetched).isEqualTo(2);
  }

  @Test
  void newest_ofTheSameStepWithAnotherCommit_isTheOneOfTheBucket() {
    write(on("machine"), 1, 0.7);
    writeAndPublish(on("other"), 1, 0.6);
    assertThat(newest(on("machine")).orElseThrow().state().validationTop1Error()).isEqualTo(0.6);
    assertThat(files(directory.resolve("machine"))).isEqualTo(files(inBucket));
  }

  @Test
  void newest_damagedInTheBucket_isSkippedWithTheReason() throws IOException {
    PublishedCheckpoints checkpoints = on("machine");
    for (long step = 1; step <= 4; step++) {
      writeAndPublish(checkpoints, step, error(step));
    }
    flipABit("step-00000004/tensors.data");
    Files.writeString(inBucket.resolve("step-00000003/tensors.index"), "short");
    Files.writeString(inBucket.resolve("step-00000002/COMMIT.json"), "{");
    PublishedCheckpoints other = on("other");
    assertThat(newestStep(other)).isEqualTo(1);
    assertThat(notices)
        .contains(
            "The checkpoint "
                + place
                + "/step-00000004 is skipped: tensors.data was changed after it was written",
            "The checkpoint "
                + place
                + "/step-00000003 is skipped: tensors.index has 5 bytes and not the 9 that were"
                + " written")
        .anyMatch(
            notice ->
                notice.startsWith(
                    "The checkpoint "
                        + place
                        + "/step-00000002 is skipped: "
                        + place
                        + "/step-00000002/COMMIT.json is not what was expected"));
    assertThat(files(directory.resolve("other"))).hasSize(3);
    // They are written again, with the same files as if nothing had happened.
    for (long step = 2; step <= 4; step++) {
      writeAndPublish(other, step, error(step));
    }
    assertThat(files(inBucket)).isEqualTo(filesOfALocalTraining(4));
  }

  @Test
  void newest_damagedInTheBucketButIntactOnTheDisk_isTheLocalOneAndRepairsTheBucket()
      throws IOException {
    writeAndPublish(on("machine"), 1, null);
    Map<String, String> intact = files(inBucket);
    flipABit("step-00000001/tensors.data");
    flipABit("step-00000001/COMMIT.json");
    PublishedCheckpoints again = on("machine");
    assertThat(newestStep(again)).isEqualTo(1);
    publish(again, 1);
    assertThat(files(inBucket)).isEqualTo(intact);
  }

  @Test
  void newest_whoseCommitNamesAFileElsewhere_isSkipped() throws IOException {
    Files.createDirectories(inBucket.resolve("step-00000001"));
    Files.write(
        inBucket.resolve("step-00000001/COMMIT.json"), Json.document(commitOf("../../outside")));
    assertThat(newest(on("machine"))).isEmpty();
    assertThat(notices).last(STRING).contains("a file is outside the checkpoint's directory");
  }

  private static Map<String, Object> commitOf(String file) {
    Map<String, Object> commit = new TreeMap<>();
    commit.put("schemaVersion", CheckpointCommit.SCHEMA_VERSION);
    commit.put("step", 1);
    commit.put("epoch", 0);
    commit.put("stepInEpoch", 1);
    commit.put("weightRate", 0.01);
    commit.put("biasRate", 0.02);
    commit.put("validationTop1Error", null);
    commit.put("sinceLogged", BatchResult.none());
    commit.put("plateau", PlateauState.NONE);
    commit.put("settings", Map.of());
    commit.put("files", List.of(new CheckpointCommit.StoredFile(file, 1, "0")));
    commit.put("sha256", "");
    return commit;
  }

  @Test
  void newest_bucketDoesNotAnswer_fails() {
    writeAndPublish(on("machine"), 1, null);
    bucket.failFrom(1, Fault.REFUSED);
    assertThatFailure(() -> newest(on("machine"))).isOfKind(Failure.Kind.REMOTE);
  }

  @Test
  void settlePending_tensorsWithoutCommit_areRemovedUnlessTheDiskHasTheCheckpoint()
      throws IOException {
    writeAndPublish(on("machine"), 2, null);
    write(on("machine"), 1, null);
    write(on("machine"), 3, null);
    for (String name : List.of("step-00000001", "step-00000003", "step-00000004", "step-kept")) {
      Files.createDirectories(inBucket.resolve(name));
      Files.writeString(inBucket.resolve(name).resolve("tensors.data"), "half");
    }
    PublishedCheckpoints again = on("machine");
    again.settlePending();
    assertThat(inBucket.toFile().list())
        .containsExactlyInAnyOrder("step-00000002", "step-00000003", "step-kept");
    assertThat(again.newest(notices::add).orElseThrow().state().step()).isEqualTo(3);
    publish(again, 3);
    assertThat(Files.readString(inBucket.resolve("step-00000003/tensors.data")))
        .isEqualTo("the values of step 3");
  }

  @Test
  void isEmpty_withOnlyHalfACheckpoint_isTrue() throws IOException {
    assertThat(on("machine").isEmpty()).isTrue();
    Files.createDirectories(inBucket.resolve("step-00000001"));
    Files.writeString(inBucket.resolve("step-00000001/tensors.data"), "half");
    assertThat(on("machine").isEmpty()).isTrue();
    writeAndPublish(on("machine"), 1, null);
    assertThat(on("other").isEmpty()).isFalse();
  }

  @Test
  void deleteAll_leavesNothingOnTheDiskNorInTheBucket() {
    PublishedCheckpoints checkpoints = on("machine");
    writeAndPublish(checkpoints, 1, null);
    checkpoints.deleteAll();
    assertThat(directory.resolve("machine")).doesNotExist();
    assertThat(inBucket).doesNotExist();
    assertThat(newest(on("machine"))).isEmpty();
  }

  @Test
  void newestLocal_isNamedByItsPlaceIfItIsPublished() {
    PublishedCheckpoints checkpoints = on("machine");
    writeAndPublish(checkpoints, 1, null);
    assertThat(checkpoints.newestLocal(notices::add).orElseThrow().place())
        .isEqualTo(place.resolve("step-00000001"));
    write(checkpoints, 2, null);
    assertThat(checkpoints.newestLocal(notices::add).orElseThrow().place())
        .isEqualTo(Location.of(directory.resolve("machine/step-00000002")));
  }
}
