package dev.alexnet.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.DatasetManifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A conversion that is killed leaves nothing that looks like a dataset, and a rerun finishes it.
 */
@Tag("long")
class KilledConversionTest {
  private static final int PICTURES = 3 * 80;
  private static final int REJECTED = 3;
  private static final int SHARDS = 8;
  private static final long SEED = 20121203;

  @TempDir Path directory;
  private Map<String, String> undisturbed;

  @BeforeEach
  void convertUndisturbed() throws Exception {
    SmallArchives.draw(directory.resolve("archives"), PICTURES / 3, List.of(7, 100, 201));
    AlexnetProcess.Ended ended = AlexnetProcess.start(directory, convertTo("whole")).await();
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    undisturbed = FileHashes.of(directory.resolve("whole"));
    DatasetManifest manifest = open("whole").manifest();
    assertThat(manifest.rejected()).isEqualTo(REJECTED);
    assertThat(manifest.records() + manifest.rejected()).isEqualTo(PICTURES);
  }

  private static List<String> convertTo(String output) {
    return List.of(
        "convert",
        "--input=archives",
        "--output=" + output,
        "--classes=present",
        "--shards=" + SHARDS,
        "--size=160",
        "--max-rejected=" + REJECTED);
  }

  private Dataset open(String output) {
    return Dataset.open(ObjectStores.standard(), Location.of(directory.resolve(output)));
  }

  @Test
  void convert_killedAtRandomMoments_endsWithTheBytesOfAnUndisturbedRun() throws Exception {
    assertThat(kill(3)).isPositive();
  }

  @Test
  @Tag("endurance")
  void convert_killedAtTwentyRandomMoments_endsWithTheBytesOfAnUndisturbedRun() throws Exception {
    assertThat(kill(20)).isGreaterThan(15);
  }

  @Test
  void convert_terminated_saysToRunTheSameCommandAgain() throws Exception {
    Path output = directory.resolve("stopped");

    AlexnetProcess.Ended ended =
        AlexnetProcess.start(directory, convertTo("stopped"))
            .terminateOnce(running -> !finished(output).isEmpty());

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(75);
    assertThat(ended.err())
        .endsWith(
            "alexnet: stopped by a signal before the end. The same command continues after anything that it had committed\n");
  }

  /** Each kill hits another conversion, after a number of files and some time. */
  private int kill(int rounds) throws Exception {
    Random random = new Random(SEED);
    int kills = 0;
    for (int round = 0; round < rounds; round++) {
      String output = "killed" + round;
      int files = random.nextInt(SHARDS + 2);
      long nanoseconds = random.nextInt(20_000_000);
      AlexnetProcess process = AlexnetProcess.start(directory, convertTo(output));
      kills += process.killOnce(after(directory.resolve(output), files, nanoseconds)) ? 1 : 0;
      assertNoHalfDataset(output);

      AlexnetProcess.Ended ended = AlexnetProcess.start(directory, convertTo(output)).await();

      assertThat(ended.exitCode()).as(ended.err()).isZero();
      assertThat(FileHashes.of(directory.resolve(output)))
          .as("round %d, killed %d ns after file %d", round, nanoseconds, files)
          .isEqualTo(undisturbed);
    }
    return kills;
  }

  private static BooleanSupplier after(Path output, int files, long nanoseconds) {
    long[] reached = new long[1];
    return () -> {
      if (reached[0] == 0 && finished(output).size() >= files) {
        reached[0] = System.nanoTime();
      }
      return reached[0] != 0 && System.nanoTime() - reached[0] >= nanoseconds;
    };
  }

  /** The files that have their final name. */
  private static List<Path> finished(Path output) {
    List<Path> finished = new ArrayList<>();
    if (Files.isDirectory(output)) {
      try (Stream<Path> files = Files.list(output)) {
        files.filter(file -> !file.getFileName().toString().startsWith(".")).forEach(finished::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return finished;
  }

  /** Every file with its final name is complete, and without the last one there is no dataset. */
  private void assertNoHalfDataset(String output) throws IOException {
    Path top = directory.resolve(output);
    for (Path file : finished(top)) {
      String name = file.getFileName().toString();
      assertThat(FileHashes.of(file)).as(name).containsEntry("", undisturbed.get(name));
    }
    if (Files.exists(top.resolve(Dataset.MANIFEST))) {
      open(output).readAllRecords();
    } else {
      assertThat(catchThrowableOfType(Failure.class, () -> open(output)))
          .extracting(Failure::kind)
          .isEqualTo(Failure.Kind.INPUT_MISSING);
    }
  }
}
