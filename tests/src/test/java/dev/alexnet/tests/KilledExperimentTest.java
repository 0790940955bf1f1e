package dev.alexnet.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The paper's seven networks, two of them pre-trained, killed and continued. */
@Tag("endurance")
class KilledExperimentTest {
  private static final long SEED = 20121203;
  private static final int KILLS = 3;

  @TempDir Path directory;

  @Test
  void sevenNetworks_killedThreeTimes_endWithTheBytesOfAnUndisturbedRun() throws Exception {
    String job =
        Repository.root()
            .resolve("experiments/small/table-2-7cnns.yaml")
            .toAbsolutePath()
            .toString();
    // The same relative work directory in two places, because results name their inputs.
    Path left = Files.createDirectory(directory.resolve("left"));
    Path killed = Files.createDirectory(directory.resolve("killed"));
    List<String> run = List.of("run", "--config", job, "--workdir", "work");
    long started = System.nanoTime();
    AlexnetProcess.Ended undisturbed = AlexnetProcess.start(left, run).await();
    long milliseconds = (System.nanoTime() - started) / 1_000_000;
    assertThat(undisturbed.exitCode()).as(undisturbed.err()).isZero();

    Random random = new Random(SEED);
    int kills = 0;
    while (kills < KILLS) {
      long delay = 2_000 + (long) (random.nextDouble() * milliseconds / KILLS);
      boolean wasKilled = AlexnetProcess.start(killed, run).killAfter(delay);
      assertThat(wasKilled).as("after %d ms", delay).isTrue();
      kills++;
    }
    AlexnetProcess.Ended last = AlexnetProcess.start(killed, run).await();
    assertThat(last.exitCode()).as(last.err()).isZero();
    assertThat(untimed(killed.resolve("work"))).isEqualTo(untimed(left.resolve("work")));
    assertThat(left.resolve("work/comparison/comparison.html")).isRegularFile();
  }

  /** The files that do not depend on time. */
  private static Map<String, String> untimed(Path workdir) throws IOException {
    Map<String, String> files = new TreeMap<>(FileHashes.of(workdir));
    files
        .keySet()
        .removeIf(
            name ->
                name.contains("events/")
                    || name.contains("ledger")
                    || name.endsWith("metrics.jsonl")
                    || name.endsWith(".inputs")
                    || name.endsWith(".lock"));
    assertThat(files).hasSizeGreaterThan(50);
    return files;
  }
}
