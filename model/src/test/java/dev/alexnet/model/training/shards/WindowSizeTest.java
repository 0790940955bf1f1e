package dev.alexnet.model.training.shards;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.testing.ManyShards;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowSizeTest {
  @TempDir Path directory;

  @Test
  void bytes_anyOrderAndPlace_isNeverExceeded() {
    Dataset data = ManyShards.write(directory, "train", 1, 9, 4, 2, 7, 0, 3, 8, 5, 2, 6);
    Random random = new Random(3);
    List<Shard> order = new ArrayList<>(data.manifest().shards());
    order.removeIf(shard -> shard.records() == 0);
    long total = data.manifest().records();
    for (int length = 1; length <= total; length++) {
      long atStart = 0;
      long anywhere = 0;
      for (int shuffle = 0; shuffle < 200; shuffle++) {
        Collections.shuffle(order, random);
        long start = random.nextInt((int) total - length + 1);
        atStart = Math.max(atStart, touched(order, 0, length));
        anywhere = Math.max(anywhere, touched(order, start, start + length));
      }
      assertThat(new WindowSize(data, length, 2).bytes()).isGreaterThanOrEqualTo(atStart);
      assertThat(new WindowSize(data, 1, length).bytes()).isGreaterThanOrEqualTo(anywhere);
    }
  }

  @Test
  void bytes_equalShards_isThatOfTheShardsThatAreTouched() {
    Dataset data = ManyShards.write(directory, "train", 10, 10, 10, 10, 10);
    long each = data.manifest().shards().stream().mapToLong(Shard::bytes).max().orElseThrow();
    assertThat(new WindowSize(data, 20, 2).bytes()).isBetween(2 * each - 200, 2 * each);
    assertThat(new WindowSize(data, 21, 2).bytes()).isBetween(3 * each - 200, 3 * each);
    assertThat(new WindowSize(data, 1, 11).bytes()).isBetween(2 * each - 200, 2 * each);
    assertThat(new WindowSize(data, 1, 12).bytes()).isBetween(3 * each - 200, 3 * each);
    assertThat(new WindowSize(data, 1000, 2).bytes())
        .isEqualTo(data.manifest().shards().stream().mapToLong(Shard::bytes).sum());
  }

  /** The bytes of the shards that have records from one to before another. */
  private static long touched(List<Shard> order, long from, long to) {
    long bytes = 0;
    long first = 0;
    for (Shard shard : order) {
      if (first < to && first + shard.records() > from) {
        bytes += shard.bytes();
      }
      first += shard.records();
    }
    return bytes;
  }
}
