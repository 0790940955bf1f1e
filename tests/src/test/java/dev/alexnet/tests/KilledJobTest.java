package dev.alexnet.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that is killed repeatedly ends with the same bytes as an undisturbed one. */
@Tag("long")
class KilledJobTest {
  private static final String JOB =
      """
      synth:
        classes: 3
        train-per-class: 60
        val-per-class: 10
      convert:
        size: 56
        shards: 3
      augment:
        copies: 2
        operations: random_crop(48) | flip | colour(0.1)
      train:
        preset: mini
        steps: 60
        batch: 16
        checkpoint-steps: 10
      score:
        batch: 16
      """;
  private static final long SEED = 20121203;

  @TempDir Path directory;

  @Test
  void run_killedAtRandomMoments_endsWithTheBytesOfAnUndisturbedOne() throws Exception {
    Path job = Files.writeString(directory.resolve("job.yaml"), JOB);
    // The same relative work directory in two places, because results name their inputs.
    Path left = Files.createDirectory(directory.resolve("left"));
    Path killed = Files.createDirectory(directory.resolve("killed"));
    List<String> run = List.of("run", "--config", job.toString(), "--workdir", "work");
    long started = System.nanoTime();
    AlexnetProcess.Ended undisturbed = AlexnetProcess.start(left, run).await();
    long milliseconds = (System.nanoTime() - started) / 1_000_000;
    assertThat(undisturbed.exitCode()).as(undisturbed.err()).isZero();

    Random random = new Random(SEED);
    int kills = 0;
    for (int attempt = 0; attempt < 8; attempt++) {
      long delay = 500 + (long) (random.nextDouble() * milliseconds * 0.6);
      kills += AlexnetProcess.start(killed, run).killAfter(delay) ? 1 : 0;
    }
    AlexnetProcess.Ended last = AlexnetProcess.start(killed, run).await();
    assertThat(last.exitCode()).as(last.err()).isZero();
    assertThat(kills).isPositive();
    assertThat(fingerprints(killed.resolve("work"))).isEqualTo(fingerprints(left.resolve("work")));
  }

  /** The content of every file of a work directory that does not depend on time. */
  private static Map<String, Integer> fingerprints(Path workdir) throws IOException {
    Map<String, Integer> fingerprints = new TreeMap<>();
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(workdir)) {
      all.filter(Files::isRegularFile).forEach(files::add);
    }
    for (Path file : files) {
      String name = workdir.relativize(file).toString();
      boolean timed =
          name.contains("events/")
              || name.contains("ledger")
              || name.endsWith("metrics.jsonl")
              || name.endsWith(".inputs")
              || name.endsWith(".lock");
      if (!timed) {
        fingerprints.put(name, Arrays.hashCode(Files.readAllBytes(file)));
      }
    }
    return fingerprints;
  }
}
