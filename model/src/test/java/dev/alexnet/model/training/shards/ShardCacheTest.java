package dev.alexnet.model.training.shards;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardCacheTest {
  private static final int SHARDS = 12;

  @TempDir Path directory;
  private DownloadBucket bucket;
  private Dataset data;
  private List<Shard> order;
  private long largest;
  private final List<String> notices = new ArrayList<>();

  @BeforeEach
  void writeData() {
    ManyShards.write(directory.resolve("bucket/data"), "train", 3, 4, 3, 4, 3, 4, 3, 4, 3, 4, 3, 4);
    bucket = new DownloadBucket(directory.resolve("bucket"));
    data = Dataset.open(bucket, DownloadBucket.BUCKET.resolve("data"));
    order = data.manifest().shards();
    largest = order.stream().mapToLong(Shard::bytes).max().orElseThrow();
  }

  private ShardSource open(long bound, StallWatch watch) {
    return ShardCache.open(
        bucket, cache(), new ByteSize(bound), List.of(data), watch, notices::add);
  }

  private ShardSource open(long bound) {
    return open(bound, StallWatch.unlimited());
  }

  private Path cache() {
    return directory.resolve("cache");
  }

  /** How many bytes of shards are on the disk, complete or not. */
  private long used() {
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

  private void assertIntact(ShardFiles files, Shard shard) {
    assertThat(shard.isIntactAt(bucket, Location.of(files.path(shard)))).isTrue();
  }

  private void pass(ShardFiles files, List<Shard> shards, List<ReadingOrder> following) {
    files.begin(shards, following);
    for (int i = 0; i < shards.size(); i++) {
      files.await(i, Math.min(i + 2, shards.size()));
      assertIntact(files, shards.get(i));
      assertIntact(files, shards.get(Math.min(i + 1, shards.size() - 1)));
    }
    files.await(shards.size(), shards.size());
  }

  @Test
  void await_cacheOfThreeShards_hasEveryShardInTimeAndNeverMoreBytes() {
    long bound = 3 * largest;
    Random random = new Random(1);
    // Measured whenever a download begins, and after each window.
    List<Long> measured = Collections.synchronizedList(new ArrayList<>());
    order.forEach(shard -> bucket.beforeDownload(shard.name(), () -> measured.add(used())));
    try (ShardSource source = open(bound)) {
      ShardFiles files = source.of(data);
      List<Shard> next = new ArrayList<>(order);
      for (int epoch = 0; epoch < 5; epoch++) {
        List<Shard> now = List.copyOf(next);
        Collections.shuffle(next, random);
        pass(files, now, List.of(new ReadingOrder(data, next)));
        measured.add(used());
      }
    }
    assertThat(measured).allSatisfy(bytes -> assertThat(bytes).isLessThanOrEqualTo(bound));
    // A window has two shards.
    assertThat(Collections.max(measured)).isGreaterThan(largest);
    assertThat(bucket.downloads()).hasSizeGreaterThan(4 * SHARDS / 2);
  }

  @Test
  void await_everythingFits_downloadsEachShardOnce() {
    long all = order.stream().mapToLong(Shard::bytes).sum();
    try (ShardSource source = open(all)) {
      ShardFiles files = source.of(data);
      List<Shard> reversed = new ArrayList<>(order);
      Collections.reverse(reversed);
      pass(files, order, List.of(new ReadingOrder(data, reversed)));
      assertThat(bucket.downloads())
          .containsExactlyInAnyOrderElementsOf(order.stream().map(Shard::name).toList());
      long calls = bucket.calls();
      pass(files, reversed, List.of());
      assertThat(bucket.calls()).isEqualTo(calls);
    }
  }

  /** The shard that is read last makes place, not the one that was read longest ago. */
  @Test
  void await_noRoom_keepsWhatIsReadSoonAgain() {
    long bound = order.stream().limit(6).mapToLong(Shard::bytes).sum() + largest;
    List<Shard> first = order.subList(0, 8);
    List<Shard> next = new ArrayList<>(first);
    try (ShardSource source = open(bound)) {
      ShardFiles files = source.of(data);
      files.begin(first, List.of(new ReadingOrder(data, next)));
      for (int i = 0; i < first.size(); i++) {
        files.await(i, i + 1);
      }
      files.await(first.size(), first.size());
      int downloads = bucket.downloads().size();
      files.begin(next, List.of());
      for (int i = 0; i < 5; i++) {
        files.await(i, i + 1);
      }
      List<String> again = bucket.downloads().subList(downloads, bucket.downloads().size());
      assertThat(again)
          .doesNotContainAnyElementsOf(first.subList(0, 4).stream().map(Shard::name).toList());
    }
  }

  @Test
  void await_shardsOfTheWindow_areNotDeleted() {
    try (ShardSource source = open(3 * largest)) {
      ShardFiles files = source.of(data);
      files.begin(order, List.of(new ReadingOrder(data, order)));
      for (int i = 0; i + 3 <= SHARDS; i++) {
        files.await(i, i + 3);
        assertThat(files.open())
            .containsExactlyElementsOf(order.subList(i, i + 3).stream().map(files::path).toList())
            .allSatisfy(file -> assertThat(file).exists());
        files.requirePresent();
        files.requireIntact();
      }
    }
  }

  @Test
  void open_afterAKilledRun_checksItsShardsAndRemovesItsPartialFiles() throws IOException {
    try (ShardSource source = open(20 * largest)) {
      pass(source.of(data), order, List.of());
    }
    List<Path> kept = order.stream().map(shard -> path(shard)).toList();
    Files.write(kept.get(1), flipped(Files.readAllBytes(kept.get(1))));
    Files.write(kept.get(2), new byte[] {1, 2, 3});
    Path partial = cache().resolve("partial/0123456789ab-01234567-x.tfrecord");
    Files.write(partial, new byte[100]);
    Path ofAnother = cache().resolve("0123456789ab-01234567-train-00000-of-00001.tfrecord");
    Files.write(ofAnother, new byte[100]);
    Path unknown = Files.write(cache().resolve("notes.txt"), new byte[] {1});
    int downloads = bucket.downloads().size();
    try (ShardSource source = open(20 * largest)) {
      assertThat(partial).doesNotExist();
      assertThat(ofAnother).doesNotExist();
      assertThat(unknown).exists();
      pass(source.of(data), order, List.of());
    }
    assertThat(bucket.downloads().subList(downloads, bucket.downloads().size()))
        .containsExactlyInAnyOrder(order.get(1).name(), order.get(2).name());
  }

  @Test
  void open_withASmallerBoundThanBefore_keepsNoMoreThanFits() {
    try (ShardSource source = open(20 * largest)) {
      pass(source.of(data), order, List.of());
    }
    try (ShardSource source = open(3 * largest)) {
      assertThat(used()).isBetween(2 * largest, 3 * largest);
      pass(source.of(data), order, List.of());
      assertThat(used()).isLessThanOrEqualTo(3 * largest);
    }
  }

  private Path path(Shard shard) {
    return cache().resolve(CachedShard.name(data, shard));
  }

  private static byte[] flipped(byte[] content) {
    content[content.length / 2] ^= 1;
    return content;
  }

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
