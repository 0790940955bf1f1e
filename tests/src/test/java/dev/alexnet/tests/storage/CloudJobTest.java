package dev.alexnet.tests.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.tests.AlexnetProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job in a bucket makes what it makes on a local disk. */
class CloudJobTest {
  private static final String WORKDIR = CloudBucket.URL + "/runs/first";
  private static final int MOST_REQUESTS = 20;

  @TempDir Path directory;

  @Test
  void run_inABucket_makesTheFilesOfALocalRunAndIsVerifiedWithFewRequests() throws Exception {
    Path job = SmallJob.write(directory);
    compare(workdir -> SmallJob.command(job, workdir));
  }

  /** Takes minutes. */
  @Test
  @Tag("endurance")
  void run_defaultJobInABucket_makesTheFilesOfALocalRunAndIsVerifiedWithFewRequests()
      throws Exception {
    compare(workdir -> List.of("run", "--workdir", workdir));
  }

  /**
   * @param command for a work directory
   */
  private void compare(Function<String, List<String>> command) throws Exception {
    Path left = Files.createDirectory(directory.resolve("left"));
    AlexnetProcess.Ended local =
        AlexnetProcess.start(left, List.of("-Xmx1g"), command.apply("local-run"), Map.of()).await();
    assertThat(local.exitCode()).as(local.err()).isZero();

    Path right = Files.createDirectory(directory.resolve("right"));
    try (CloudBucket bucket = CloudBucket.start(directory)) {
      AlexnetProcess.Ended first = bucket.start(right, command.apply(WORKDIR)).await();
      assertThat(first.exitCode()).as(first.err()).isZero();
      assertThat(ComparableFiles.of(bucket.files("runs/first"), WORKDIR))
          .isEqualTo(ComparableFiles.local(left.resolve("local-run"), "local-run"));

      Map<String, Long> generations = bucket.generations("runs/first");
      bucket.fake().reset();
      Path other = Files.createDirectory(directory.resolve("other"));
      AlexnetProcess.Ended second = bucket.start(other, command.apply(WORKDIR)).await();
      assertThat(second.exitCode()).as(second.err()).isZero();
      assertThat(bucket.fake().requests()).hasSizeLessThanOrEqualTo(MOST_REQUESTS);
      assertThat(bucket.generations("runs/first")).isEqualTo(generations);
    }
  }
}
