package dev.alexnet.pipelines.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.dataset.SizeHistogram;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ArrivedShardsTest {
  private static final WrittenShard FIRST = new WrittenShard(0, 7);
  private static final WrittenShard LAST = new WrittenShard(2, 0xffffffffL);

  @Test
  void of_shardsInAnyOrder_sortsTheirChecksums() {
    assertThat(ArrivedShards.of(List.of(LAST, FIRST), 9, 3).checksums())
        .containsExactly(Map.entry(0, 7L), Map.entry(2, 0xffffffffL));
  }

  @Test
  void of_oneTwice_isRefused() {
    assertThatThrownBy(() -> ArrivedShards.of(List.of(FIRST, LAST, FIRST), 9, 3))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Shard 0 arrived twice");
  }

  @Test
  void of_oneBeyondTheLast_isRefused() {
    assertThatThrownBy(() -> ArrivedShards.of(List.of(FIRST, LAST), 9, 2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Shard 2 arrived; there are 2 shards");
  }

  @Test
  void require_recordOfAnotherAttempt_isRefused() {
    ArrivedShards arrived = ArrivedShards.of(List.of(FIRST, LAST), 9, 3);
    arrived.require(0, summary(7));

    assertThatThrownBy(() -> arrived.require(0, summary(8)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("train arrived with the CRC-32C 00000007, and is recorded with 00000008");
  }

  @Test
  void requireAllPictures_oneMissing_isRefused() {
    ArrivedShards arrived = ArrivedShards.of(List.of(FIRST, LAST), 9, 3);
    arrived.requireAllPictures(9);

    assertThatThrownBy(() -> arrived.requireAllPictures(8))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("9 pictures were assigned to shards, and the shards have 8");
  }

  private static ShardSummary summary(long crc32c) {
    return new ShardSummary(
        "plan",
        new Shard("train", 3, 100, crc32c),
        new TreeMap<>(),
        new SizeHistogram(new TreeMap<>()),
        List.of(),
        null,
        null);
  }
}
