package dev.alexnet.tests.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.tests.AlexnetProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Two runs of one job in one directory of a bucket. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "signals are sent with kill")
@Tag("long")
class TwoCloudRunsTest {
  private static final String WORKDIR = CloudBucket.URL + "/runs/first";
  private static final int OUTPUT_EXISTS = 73;
  private static final int INTERRUPTED = 75;

  @TempDir Path directory;

  private Path home(String name) throws Exception {
    return Files.createDirectory(directory.resolve(name));
  }

  @Test
  void run_whileAnotherWorksThere_exitsWith73AndDisturbsNothing() throws Exception {
    Path job = SmallJob.write(directory);
    String endless = Files.readString(job).replace("steps: 30", "steps: 1000000");
    Files.writeString(job, endless.replace("checkpoint-steps: 10", "checkpoint-steps: 1000000"));
    try (CloudBucket bucket = CloudBucket.start(directory)) {
      AlexnetProcess working = bucket.start(home("working"), SmallJob.command(job, WORKDIR));
      while (!says(working, "] synth")) {
        Thread.onSpinWait();
      }
      AlexnetProcess.Ended other =
          bucket.start(home("other"), SmallJob.command(job, WORKDIR)).await();
      assertThat(other.exitCode()).as(other.err()).isEqualTo(OUTPUT_EXISTS);
      assertThat(other.err()).contains("Another run is working in " + WORKDIR);

      working.signal("TERM");
      AlexnetProcess.Ended stopped = working.await();
      assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(INTERRUPTED);
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
