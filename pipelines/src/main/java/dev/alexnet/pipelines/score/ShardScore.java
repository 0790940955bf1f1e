package dev.alexnet.pipelines.score;

import java.io.Serializable;

/**
 * The totals of one shard. Credits are counted in whole billionths, so that sums are exact and the
 * same in any order.
 *
 * @param shard its place in the dataset
 * @param images how many records it has
 * @param scored how many counted
 * @param unlabelled how many have no label
 * @param undecodable how many could not be decoded
 * @param top1 credits in billionths
 * @param top5 credits in billionths
 */
record ShardScore(
    int shard, long images, long scored, long unlabelled, long undecodable, long top1, long top5)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What one image counts. */
  static final long WHOLE = 1_000_000_000L;

  static ShardScore none(int shard) {
    return new ShardScore(shard, 0, 0, 0, 0, 0, 0);
  }

  ShardScore plus(Prediction prediction) {
    boolean isScored = prediction.status().equals("scored");
    boolean isUnlabelled = prediction.status().equals("unlabelled");
    return new ShardScore(
        shard,
        images + 1,
        scored + (isScored ? 1 : 0),
        unlabelled + (isUnlabelled ? 1 : 0),
        undecodable + (isScored || isUnlabelled ? 0 : 1),
        top1 + Math.round(prediction.top1Credit() * WHOLE),
        top5 + Math.round(prediction.top5Credit() * WHOLE));
  }

  ShardScore plus(ShardScore other) {
    return new ShardScore(
        shard,
        images + other.images,
        scored + other.scored,
        unlabelled + other.unlabelled,
        undecodable + other.undecodable,
        top1 + other.top1,
        top5 + other.top5);
  }

  /** The share of scored images that are wrong; 1 where none was scored. */
  static double error(long credits, long scored) {
    return scored == 0 ? 1 : 1 - (double) credits / ((double) scored * WHOLE);
  }
}
