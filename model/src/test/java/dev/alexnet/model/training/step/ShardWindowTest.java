package dev.alexnet.model.training.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.model.dataset.Shard;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShardWindowTest {
  /** Reads 10 records ahead of a batch of 4, in batches, and 18 batches ahead. */
  private static final ReadAhead READ_AHEAD = new ReadAhead(4, 11, 8, 2);

  private final ShardWindow window = new ShardWindow(READ_AHEAD, shards(10, 20, 30, 40, 50));

  private static List<Shard> shards(long... records) {
    return Arrays.stream(records)
        .mapToObj(count -> new Shard("s" + count, count, count, 0))
        .toList();
  }

  @Test
  void from_deliveredBatches_isTheShardOfTheLastRecordThatWasReadForThem() {
    assertThat(window.from(0)).isZero();
    // 1 batch: 14 records; 5: 30, the last of the second shard; 6: 34.
    assertThat(window.from(1)).isEqualTo(1);
    assertThat(window.from(5)).isEqualTo(1);
    assertThat(window.from(6)).isEqualTo(2);
    assertThat(window.from(1000)).isEqualTo(4);
  }

  @Test
  void to_batches_isAfterTheShardOfTheLastRecordThatMayBeRead() {
    // 1 batch: 4 × 19 + 10 = 86 records; 4: 98; 5: 102.
    assertThat(window.to(1)).isEqualTo(4);
    assertThat(window.to(4)).isEqualTo(4);
    assertThat(window.to(5)).isEqualTo(5);
    assertThat(window.to(1000)).isEqualTo(5);
  }

  @Test
  void batchesWithin_shards_isTheMostThatOneRunCanSkip() {
    for (int shards = 0; shards <= 5; shards++) {
      long skipped = window.batchesWithin(shards);
      if (skipped > 0) {
        assertThat(window.to(skipped + 1)).isLessThanOrEqualTo(shards);
      }
    }
    // 100 records: 86 for the first batch, and 3 more batches.
    assertThat(window.batchesWithin(4)).isEqualTo(3);
    assertThat(window.batchesWithin(3)).isZero();
    assertThat(window.batchesWithin(0)).isZero();
  }
}
