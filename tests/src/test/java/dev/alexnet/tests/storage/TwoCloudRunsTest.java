package dev.alexnet.tests.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.tests.AlexnetProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Two runs of one job in one directory of a bucket. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "signals are sent with kill")
class TwoCloudRunsTest {
  private static final String WORKDIR = CloudBucket.URL + "/runs/first";
  private static final int OUTPUT_EXISTS = 73;

  @TempDir Path directory;

  private Path home(String name) throws Exception {
    return Files.createDirectory(directory.resolve(name));
  }

  @Test
  void run_twoAtOnce_oneFinishesAndTheOtherExitsWith73() throws Exception {
    Path job = SmallJob.write(directory);
    try (CloudBucket bucket = CloudBucket.start(directory)) {
      AlexnetProcess left = bucket.start(home("left"), SmallJob.command(job, WORKDIR));
      AlexnetProcess right = bucket.start(home("right"), SmallJob.command(job, WORKDIR));
      List<AlexnetProcess.Ended> ended = List.of(left.await(), right.await());

      int winner = ended.get(0).exitCode() == 0 ? 0 : 1;
      AlexnetProcess.Ended loser = ended.get(1 - winner);
      assertThat(ended.get(winner).exitCode()).as(ended.get(winner).err()).isZero();
      assertThat(loser.exitCode()).as(loser.err()).isEqualTo(OUTPUT_EXISTS);
      assertThat(loser.err()).contains("Another run is working in " + WORKDIR);
    }
  }

  @Test
  void run_frozenPastItsLease_publishesNothingWhenItWakes() throws Exception {
    Path job = SmallJob.write(directory);
    try (CloudBucket bucket = CloudBucket.start(directory)) {
      AlexnetProcess frozen = bucket.start(home("frozen"), SmallJob.command(job, WORKDIR));
      // In the middle: the dataset is made, the training is not.
      while (Stream.of("train", "training").noneMatch(step -> says(frozen, "] " + step))) {
        Thread.onSpinWait();
      }
      frozen.signal("STOP");
      AlexnetProcess.Ended other =
          bucket.start(home("other"), SmallJob.command(job, WORKDIR)).await();
      assertThat(other.exitCode()).as(other.err()).isZero();
      Map<String, Long> generations = bucket.generations("runs/first");

      frozen.signal("CONT");
      AlexnetProcess.Ended woken = frozen.await();
      assertThat(woken.exitCode()).as(woken.err()).isEqualTo(OUTPUT_EXISTS);
      assertThat(bucket.generations("runs/first")).isEqualTo(generations);
    }
  }

  private static boolean says(AlexnetProcess process, String text) {
    try {
      return process.says(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
