package dev.alexnet.pipelines.score;

import dev.alexnet.pipelines.engine.ShardResult;

/** The totals over the images of one shard. */
record ScoredShard(int index, Tally tally) implements ShardResult {
  private static final long serialVersionUID = 1L;
}
