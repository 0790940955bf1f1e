package dev.alexnet.model.training.checkpoint;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.testing.DirectoryBucket.Fault;
import dev.alexnet.model.training.checkpoint.Checkpoints.Checkpoint;
import dev.alexnet.model.training.step.BatchResult;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PublishedCheckpointsTest extends PublishedCheckpointsFixture {
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
