package dev.alexnet.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.model.testing.DatasetFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training that is killed repeatedly, each time at another step, ends with the same bits as an
 * undisturbed one. It is killed anywhere in an epoch of seven steps, perhaps while a checkpoint is
 * written. EpochOrderTest shows that every step gets the images of its place in the epoch.
 */
@Tag("long")
class KilledTrainingTest {
  private static final long SEED = 20121203;
  private static final int KILLED = 128 + 9;

  @TempDir Path directory;

  @Test
  void train_killedAtTwoSteps_endsWithTheBitsOfAnUndisturbedOne() throws Exception {
    killAt(2);
  }

  @Test
  @Tag("endurance")
  void train_killedAtTenSteps_endsWithTheBitsOfAnUndisturbedOne() throws Exception {
    killAt(10);
  }

  private void killAt(int kills) throws Exception {
    Path data = directory.resolve("data");
    DatasetFixture.write(data, "train", 56, 4, 100);
    Path left = directory.resolve("left");
    SelfKillingTraining.train(data, left, Progress.SILENT);

    Path killed = directory.resolve("killed");
    List<Integer> steps =
        new Random(SEED)
            .ints(1, SelfKillingTraining.STEPS)
            .distinct()
            .limit(kills)
            .sorted()
            .boxed()
            .toList();
    for (int step : steps) {
      assertThat(exitCode(data, killed, step)).as("killed at step " + step).isEqualTo(KILLED);
    }
    assertThat(exitCode(data, killed, Integer.MAX_VALUE)).isZero();

    assertThat(killed.resolve("model/saved_model.pb"))
        .hasSameBinaryContentAs(left.resolve("model/saved_model.pb"));
    for (Path checkpoint : checkpoints(left)) {
      for (String file : List.of("tensors.data-00000-of-00001", "tensors.index", "COMMIT.json")) {
        assertThat(killed.resolve("checkpoints").resolve(checkpoint.getFileName()).resolve(file))
            .hasSameBinaryContentAs(checkpoint.resolve(file));
      }
    }
    assertThat(checkpoints(killed)).hasSameSizeAs(checkpoints(left));
    assertThat(log(killed)).isEqualTo(log(left));
  }

  private int exitCode(Path data, Path workdir, int step) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SelfKillingTraining.class.getName(),
                data.toString(),
                workdir.toString(),
                Integer.toString(step))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output-" + step + ".txt").toFile())
            .start();
    return process.waitFor();
  }

  private static List<Path> checkpoints(Path workdir) throws IOException {
    try (Stream<Path> all = Files.list(workdir.resolve("checkpoints"))) {
      return all.sorted().toList();
    }
  }

  /** The log without values that depend on time. */
  private static List<String> log(Path workdir) throws IOException {
    return Files.readAllLines(workdir.resolve("metrics.jsonl")).stream()
        .map(line -> line.replaceAll("\"images_per_second\":[^,}]*|\"time\":[^,]*,", ""))
        .toList();
  }
}
