package dev.alexnet.model.training.shards;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.text.ByteSize;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.testing.DownloadBucket;
import dev.alexnet.model.training.watch.StallWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a cache does if shards are damaged or missing, or storage or the disk fails. */
class ShardCacheFailuresTest extends ShardCacheFixture {
  @Test
  void await_flippedBitOnce_readsAgain() {
    Shard shard = order.get(2);
    HashSet<String> flipped = new HashSet<>();
    bucket.damage(shard.name(), content -> flipped.add("once") ? flipped(content) : content);
    try (ShardSource source = open(20 * largest)) {
      pass(source.of(data), order, List.of());
    }
    assertThat(bucket.downloads()).filteredOn(shard.name()::equals).hasSize(2);
  }

  @Test
  void await_flippedBitEachTime_isRefusedAndNeverShown() throws IOException {
    Shard shard = order.get(2);
    bucket.damage(shard.name(), ShardCacheTest::flipped);
    try (ShardSource source = open(20 * largest)) {
      ShardFiles files = source.of(data);
      files.begin(order, List.of());
      files.await(0, 2);
      assertThatFailure(() -> files.await(1, 3))
          .isOfKind(Failure.Kind.BAD_DATA)
          .hasMessage(
              "The shard gs://bucket/data/train-00002-of-00012.tfrecord is not the one that the"
                  + " manifest describes: it does not have %d bytes with the CRC-32C %x. Run the"
                  + " command that made the dataset again",
              shard.bytes(), shard.crc32c());
      assertThat(files.path(shard)).doesNotExist();
    }
    try (Stream<Path> partial = Files.list(cache().resolve("partial"))) {
      assertThat(partial).isEmpty();
    }
  }

  @Test
  void await_missingShard_isNamed() throws IOException {
    Shard shard = order.get(1);
    Files.delete(directory.resolve("bucket/data").resolve(shard.name()));
    try (ShardSource source = open(20 * largest)) {
      ShardFiles files = source.of(data);
      files.begin(order, List.of());
      assertThatFailure(() -> files.await(0, 2))
          .isOfKind(Failure.Kind.INPUT_MISSING)
          .hasMessageContaining(shard.name());
    }
  }

  @Test
  void await_unavailableStorage_isRemoteAndNotAStall() {
    bucket.beforeDownload(order.get(4).name(), DownloadBucket.unavailable());
    StallWatch watch = new StallWatch(Duration.ofHours(1), notices::add);
    try (watch;
        ShardSource source = open(20 * largest, watch)) {
      ShardFiles files = source.of(data);
      files.begin(order, List.of());
      files.await(0, 4);
      assertThatFailure(() -> files.await(3, 5))
          .isOfKind(Failure.Kind.REMOTE)
          .hasMessageContaining("503 Service Unavailable");
      assertThat(watch.isStuck()).isFalse();
      bucket.repair();
      files.await(3, 5);
      assertIntact(files, order.get(4));
    }
    assertThat(notices).isEmpty();
  }

  /** A failure that nobody waits for yet is forgotten. */
  @Test
  void await_unavailableOnlyWhileReadingAhead_doesNotFail() {
    bucket.beforeDownload(order.get(3).name(), DownloadBucket.unavailable());
    try (ShardSource source = open(20 * largest)) {
      ShardFiles files = source.of(data);
      files.begin(order, List.of());
      files.await(0, 3);
      bucket.repair();
      files.await(2, 5);
      assertIntact(files, order.get(3));
    }
  }

  @Test
  void await_slowDownload_isToldAndEndsAsRemote() {
    CountDownLatch never = new CountDownLatch(1);
    bucket.beforeDownload(
        order.get(0).name(),
        () -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    StallWatch watch = new StallWatch(Duration.ofMillis(20), notices::add);
    try (watch;
        ShardSource source = open(20 * largest, watch)) {
      ShardFiles files = source.of(data);
      files.begin(order, List.of());
      assertThatFailure(() -> files.await(0, 1))
          .isOfKind(Failure.Kind.REMOTE)
          .hasMessage(
              "gs://bucket/data/train-00000-of-00012.tfrecord was not downloaded within 0.02 s: the"
                  + " storage or the network is too slow. Run the same command again to continue"
                  + " from the last checkpoint, or allow more time with --stall-minutes");
      assertThat(watch.isStuck()).isFalse();
    }
    assertThat(notices)
        .containsExactly(
            "The training has waited 0.01 s for gs://bucket/data/train-00000-of-00012.tfrecord to"
                + " be downloaded: the storage or the network is slow");
  }

  @Test
  void open_whileAnotherRunUsesIt_isRefused() {
    try (ShardSource source = open(20 * largest)) {
      assertThat(source.of(data).dataset()).isSameAs(data);
      assertThatFailure(() -> open(20 * largest))
          .isOfKind(Failure.Kind.OUTPUT_EXISTS)
          .hasMessage(
              "Another run uses the cache "
                  + cache()
                  + "; wait for it to finish, or use another directory");
    }
    open(20 * largest).close();
  }

  @Test
  void open_localDataset_touchesNothing() {
    Dataset local = Dataset.open(bucket, Location.of(directory.resolve("bucket/data")));
    try (ShardSource source =
        ShardCache.open(
            bucket,
            cache(),
            new ByteSize(0),
            List.of(local),
            StallWatch.unlimited(),
            notices::add)) {
      source.requireRoom(List.of(new WindowSize(local, 100, 100)));
      assertThat(source.of(local).path(order.get(0)))
          .isEqualTo(directory.resolve("bucket/data").resolve(order.get(0).name()));
    }
    assertThat(cache()).doesNotExist();
  }

  @Test
  void requireRoom_lessThanAWindow_namesTheLeast() {
    long least =
        order.stream().mapToLong(shard -> -shard.bytes()).sorted().limit(4).map(b -> -b).sum();
    try (ShardSource source = open(least - 1)) {
      // 7 records from the start of a shard touch at most 3 shards; 7 anywhere, 3; 8 anywhere, 4.
      source.requireRoom(List.of(new WindowSize(data, 7, 7)));
      assertThatFailure(() -> source.requireRoom(List.of(new WindowSize(data, 7, 8))))
          .isOfKind(Failure.Kind.MISMATCH)
          .hasMessage(
              "A --cache of %s is too small for gs://bucket/data: TensorFlow may open shards of %s"
                  + " at a time. Give a --cache of at least %s",
              new ByteSize(least - 1),
              new ByteSize(least).roundedUp(),
              new ByteSize(least).roundedUp());
    }
  }

  @Test
  void open_moreThanTheDiskHas_isRefusedAtOnce() {
    CacheDirectory directory = CacheDirectory.open(cache(), ByteSize.parse("9000T"));
    try (directory) {
      assertThatFailure(() -> directory.requireFree(1L << 60))
          .isOfKind(Failure.Kind.INPUT_OUTPUT)
          .hasMessageStartingWith("The disk of " + cache() + " has only ")
          .hasMessageContaining("would take 1048576T more with a --cache of 9000T. Give a smaller");
      Failure full =
          directory.explained(
              new Failure(Failure.Kind.INPUT_OUTPUT, "No space left on device"),
              new Location("gs://bucket/data/s"),
              1L << 60);
      assertThat(full)
          .hasMessageStartingWith("The disk of " + cache() + " is full: ")
          .hasMessageContaining("the shard gs://bucket/data/s takes 1048576T")
          .hasMessageContaining("The --cache of 9000T is larger than the disk allows");
    }
  }

  @Test
  void together_shardsThatDoNotFit_saysThatImagesAreReadAgain() {
    try (ShardSource source = open(5 * largest)) {
      ShardFiles files = source.of(data);
      assertThat(files.together(order, 5)).isEqualTo(5);
      assertThat(notices).isEmpty();
      assertThat(files.together(order, SHARDS)).isBetween(5, 7);
    }
    assertThat(notices).hasSize(1);
    assertThat(notices.get(0)).contains("after 12 shards of gs://bucket/data, and a --cache of");
  }

  @Test
  void requirePresent_deletedFile_isNamed() throws IOException {
    try (ShardSource source = open(20 * largest)) {
      ShardFiles files = source.of(data);
      files.begin(order, List.of());
      files.await(0, 2);
      Path damaged = files.path(order.get(0));
      Files.write(damaged, flipped(Files.readAllBytes(damaged)));
      assertThatFailure(files::requireIntact)
          .isOfKind(Failure.Kind.INPUT_OUTPUT)
          .hasMessageStartingWith(damaged + " was changed after it was downloaded and checked");
      Files.delete(damaged);
      assertThatFailure(files::requirePresent)
          .isOfKind(Failure.Kind.INPUT_OUTPUT)
          .hasMessageStartingWith(damaged + " was deleted while a training read it");
    }
  }
}
