package dev.alexnet.tests.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.tests.AlexnetProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that is made anew in a bucket, on the disk that has the checkpoints of the first. */
@Tag("long")
class RedoneCloudTrainingTest {
  private static final String WORKDIR = CloudBucket.URL + "/runs/first";

  @TempDir Path directory;

  @Test
  void redo_trainingWithOtherSettings_makesTheFilesOfALocalRunWithThem() throws Exception {
    Path first = SmallJob.write(directory);
    Path other = directory.resolve("other.yaml");
    Files.writeString(other, Files.readString(first).replace("steps: 30", "steps: 20"));
    Path left = Files.createDirectory(directory.resolve("left"));
    assertEnded(
        AlexnetProcess.start(
            left, List.of("-Xmx1g"), SmallJob.command(other, "local-run"), Map.of()));

    Path right = Files.createDirectory(directory.resolve("right"));
    try (CloudBucket bucket = CloudBucket.start(directory)) {
      assertEnded(bucket.start(right, SmallJob.command(first, WORKDIR)));
      List<String> redo = new ArrayList<>(SmallJob.command(other, WORKDIR));
      redo.addAll(List.of("--redo", "train"));
      String shown = assertEnded(bucket.start(right, redo));

      assertThat(shown)
          .contains("Keeping " + WORKDIR + "/training in " + WORKDIR + "/.former-training")
          .contains("Deleting what an earlier training in " + WORKDIR + "/training left in ");
      assertThat(ComparableFiles.of(bucket.files("runs/first"), WORKDIR))
          .isEqualTo(ComparableFiles.local(left.resolve("local-run"), "local-run"));
    }
  }

  private static String assertEnded(AlexnetProcess process) throws Exception {
    AlexnetProcess.Ended ended = process.await();
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    return ended.err();
  }
}
