package dev.alexnet.pipelines.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShardResultTest {
  private static final CountedShard FIRST = new CountedShard(0, 7);
  private static final CountedShard SECOND = new CountedShard(1, 8);
  private static final CountedShard THIRD = new CountedShard(2, 9);

  @Test
  void inOrder_resultsInAnyOrder_followTheirShards() {
    assertThat(ShardResult.inOrder(List.of(THIRD, FIRST, SECOND), 3))
        .containsExactly(FIRST, SECOND, THIRD);
  }

  @Test
  void inOrder_asManyAsShardsButOneTwice_isRefused() {
    assertThatThrownBy(() -> ShardResult.inOrder(List.of(FIRST, THIRD, FIRST), 3))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("There are two results of shard 0");
  }

  @Test
  void inOrder_oneMissing_isRefused() {
    assertThatThrownBy(() -> ShardResult.inOrder(List.of(FIRST, THIRD), 3))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("There is no result of shard 1 of 3 shards");
  }

  @Test
  void inOrder_oneBeyondTheLast_isRefused() {
    assertThatThrownBy(() -> ShardResult.inOrder(List.of(FIRST, SECOND, THIRD), 2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("There is a result of shard 2; there are 2 shards");
  }
}
