package dev.alexnet.model.training.shards;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.model.dataset.Shard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShardCacheTest extends ShardCacheFixture {
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
}
