package dev.alexnet.tests.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.tests.AlexnetProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training in a bucket that is killed at any moment, and continued on a machine that has nothing,
 * ends with the weights of an undisturbed one on a local disk.
 */
@Tag("long")
class KilledCloudTrainingTest {
  private static final long SEED = 20121203;

  @TempDir Path directory;

  @Test
  void train_killedAtThreeMoments_endsWithTheWeightsOfALocalOne() throws Exception {
    killAtMoments(3);
  }

  @Test
  @Tag("endurance")
  void train_killedAtTwentyMoments_endsWithTheWeightsOfALocalOne() throws Exception {
    killAtMoments(20);
  }

  private void killAtMoments(int kills) throws Exception {
    Path data = dataset();
    long started = System.nanoTime();
    Map<String, byte[]> local = local(data);
    long milliseconds = (System.nanoTime() - started) / 1_000_000;
    Random random = new Random(SEED);
    int killed = 0;
    try (CloudBucket bucket = bucketWith(data)) {
      for (int attempt = 0; attempt < kills; attempt++) {
        String workdir = "training-" + attempt;
        long delay = (long) (milliseconds * (0.3 + 0.6 * random.nextDouble()));
        boolean inTime = bucket.start(home("killed-" + attempt), command(workdir)).killAfter(delay);
        killed += inTime ? 1 : 0;
        AlexnetProcess.Ended ended =
            bucket.start(home("continued-" + attempt), command(workdir)).await();
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(weights(bucket.files(workdir)))
            .as("killed after %d ms", delay)
            .isEqualTo(weights(local));
      }
    }
    // A machine that is suddenly faster may end some trainings before their moment.
    assertThat(killed).isGreaterThan(kills / 2);
  }

  /** Eight shards. */
  private Path dataset() throws Exception {
    for (String command :
        List.of(
            "synth --output archives --classes 4 --train-per-class 40 --val-per-class 1",
            "convert --input archives --output data --classes present --size 56 --shards 8")) {
      AlexnetProcess.Ended ended =
          AlexnetProcess.start(
                  directory, List.of("-Xmx1g"), List.of(command.split(" ", -1)), Map.of())
              .await();
      assertThat(ended.exitCode()).as(ended.err()).isZero();
    }
    return directory.resolve("data");
  }

  private Path home(String name) throws IOException {
    return Files.createDirectory(directory.resolve(name));
  }

  private static List<String> command(String workdir) {
    return List.of(
        ("train --data gs://bucket/data --workdir " + CloudBucket.URL + "/" + workdir + settings())
            .split(" ", -1));
  }

  private static String settings() {
    return " --preset mini --steps 60 --batch 16 --checkpoint-steps 10";
  }

  private Map<String, byte[]> local(Path data) throws Exception {
    List<String> command =
        List.of(("train --data " + data + " --workdir training" + settings()).split(" ", -1));
    Path home = home("local");
    AlexnetProcess.Ended ended =
        AlexnetProcess.start(home, List.of("-Xmx1g"), command, Map.of()).await();
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    Map<String, byte[]> files = new TreeMap<>();
    Path workdir = home.resolve("training");
    try (Stream<Path> all = Files.walk(workdir)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(workdir.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }

  private CloudBucket bucketWith(Path data) throws IOException {
    CloudBucket bucket = CloudBucket.start(directory);
    try (Stream<Path> all = Files.walk(data)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        bucket.fake().put("bucket", "data/" + data.relativize(file), Files.readAllBytes(file));
      }
    }
    return bucket;
  }

  private static Map<String, String> weights(Map<String, byte[]> files) {
    Map<String, byte[]> weights = new TreeMap<>(files);
    weights.keySet().removeIf(name -> !name.matches("(checkpoints|model)/.*(data-.*|index|pb)"));
    assertThat(weights).isNotEmpty();
    return ComparableFiles.of(weights, "");
  }
}
