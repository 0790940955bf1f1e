package dev.alexnet.pipelines.score;

import dev.alexnet.pipelines.engine.ShardResult;

/** What was counted over the images of one shard. */
record ScoredShard(int index, Tally tally) implements ShardResult {
  private static final long serialVersionUID = 1L;
}
