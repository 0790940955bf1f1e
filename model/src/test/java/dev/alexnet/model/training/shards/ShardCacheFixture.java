package dev.alexnet.model.training.shards;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.text.ByteSize;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.testing.DownloadBucket;
import dev.alexnet.model.testing.ManyShards;
import dev.alexnet.model.training.watch.StallWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A dataset of twelve shards in a bucket, and caches of it. */
abstract class ShardCacheFixture {
  static final int SHARDS = 12;

  @TempDir Path directory;
  DownloadBucket bucket;
  Dataset data;
  List<Shard> order;
  long largest;
  final List<String> notices = new ArrayList<>();

  @BeforeEach
  void writeData() {
    ManyShards.write(directory.resolve("bucket/data"), "train", 3, 4, 3, 4, 3, 4, 3, 4, 3, 4, 3, 4);
    bucket = new DownloadBucket(directory.resolve("bucket"));
    data = Dataset.open(bucket, DownloadBucket.BUCKET.resolve("data"));
    order = data.manifest().shards();
    largest = order.stream().mapToLong(Shard::bytes).max().orElseThrow();
  }

  ShardSource open(long bound, StallWatch watch) {
    return ShardCache.open(
        bucket, cache(), new ByteSize(bound), List.of(data), watch, notices::add);
  }

  ShardSource open(long bound) {
    return open(bound, StallWatch.unlimited());
  }

  Path cache() {
    return directory.resolve("cache");
  }

  /** How many bytes of shards are on the disk, complete or not. */
  long used() {
    long sum = 0;
    for (Path place : List.of(cache(), cache().resolve("partial"))) {
      try (Stream<Path> files = Files.list(place)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          sum += Files.exists(file) ? Files.size(file) : 0;
        }
      } catch (IOException e) {
        // A file that is moved or deleted meanwhile.
        assertThat(place).isDirectory();
      }
    }
    return sum;
  }

  void assertIntact(ShardFiles files, Shard shard) {
    assertThat(shard.isIntactAt(bucket, Location.of(files.path(shard)))).isTrue();
  }

  void pass(ShardFiles files, List<Shard> shards, List<ReadingOrder> following) {
    files.begin(shards, following);
    for (int i = 0; i < shards.size(); i++) {
      files.await(i, Math.min(i + 2, shards.size()));
      assertIntact(files, shards.get(i));
      assertIntact(files, shards.get(Math.min(i + 1, shards.size() - 1)));
    }
    files.await(shards.size(), shards.size());
  }

  Path path(Shard shard) {
    return cache().resolve(CachedShard.name(data, shard));
  }

  static byte[] flipped(byte[] content) {
    content[content.length / 2] ^= 1;
    return content;
  }
}
