package dev.alexnet.tests.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.testing.gcs.FakeGcs;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.testing.ManyShards;
import dev.alexnet.tests.AlexnetProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that reads its data from a bucket through a cache of fewer shards than there are. */
class CachedCloudTrainingTest {
  private static final int SHARDS = 6;
  // The shuffle and all that TensorFlow reads ahead for the first batch touch three of them.
  private static final long RECORDS = 4300;
  // One epoch and a half.
  private static final String SETTINGS =
      " --preset mini --steps 600 --batch 64 --checkpoint-steps 600 --schedule constant";

  @TempDir Path directory;

  @Test
  @Tag("endurance")
  void train_cacheOfThreeShards_fetchesThemAgainAndEndsWithTheWeightsOfLocalData()
      throws Exception {
    long[] records = new long[SHARDS];
    Arrays.fill(records, RECORDS);
    Dataset data = ManyShards.write(directory.resolve("data"), "train", records);
    long threeShards =
        3 * data.manifest().shards().stream().mapToLong(Shard::bytes).max().orElseThrow();

    Path left = Files.createDirectory(directory.resolve("left"));
    AlexnetProcess.Ended local =
        AlexnetProcess.start(
                left,
                List.of("-Xmx1g"),
                words("train --data " + directory.resolve("data") + " --workdir work" + SETTINGS),
                Map.of())
            .await();
    assertThat(local.exitCode()).as(local.err()).isZero();

    Path right = Files.createDirectory(directory.resolve("right"));
    try (CloudBucket bucket = CloudBucket.start(directory)) {
      put(bucket, directory.resolve("data"));
      bucket.fake().reset();
      String command =
          "train --data %s/data --workdir work --scratch scratch --cache %d"
              .formatted(CloudBucket.URL, threeShards);
      AlexnetProcess.Ended cached = bucket.start(right, words(command + SETTINGS)).await();
      assertThat(cached.exitCode()).as(cached.err()).isZero();

      Map<String, Long> fetched = fetched(bucket);
      assertThat(fetched.keySet())
          .containsExactlyInAnyOrderElementsOf(
              data.manifest().shards().stream().map(Shard::name).toList());
      // At the end of the first epoch at most three were there for the second.
      assertThat(fetched.values().stream().mapToLong(count -> count).sum())
          .as("%s", fetched)
          .isGreaterThanOrEqualTo(2 * SHARDS - 3);
      assertThat(fetched).containsValue(2L);
    }
    assertThat(sizeOf(right.resolve("scratch/shards"))).isBetween(1L, threeShards);
    assertThat(weights(right.resolve("work"))).isEqualTo(weights(left.resolve("work")));
  }

  private static List<String> words(String command) {
    return List.of(command.split(" ", -1));
  }

  private static void put(CloudBucket bucket, Path data) throws IOException {
    try (Stream<Path> files = Files.list(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bucket.fake().put(FakeGcs.BUCKET, "data/" + file.getFileName(), Files.readAllBytes(file));
      }
    }
  }

  /** How often each shard was fetched from its first byte on. */
  private static Map<String, Long> fetched(CloudBucket bucket) {
    return bucket.fake().requests().stream()
        .filter(request -> request.contains(".tfrecord") && request.contains("bytes=0-"))
        .map(request -> request.replaceAll(".*?([^/ ]+\\.tfrecord).*", "$1"))
        .map(name -> name.replaceAll(".*%2F", ""))
        .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
  }

  private static long sizeOf(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static Map<String, String> weights(Path workdir) throws IOException {
    Map<String, String> weights = ComparableFiles.local(workdir, "work");
    weights.keySet().removeIf(name -> !name.matches("(checkpoints|model)/.*(data-.*|index|pb)"));
    assertThat(weights).isNotEmpty();
    return weights;
  }
}
