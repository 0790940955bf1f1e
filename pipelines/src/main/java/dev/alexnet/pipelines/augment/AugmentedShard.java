package dev.alexnet.pipelines.augment;

import dev.alexnet.model.dataset.Shard;
import dev.alexnet.pipelines.engine.ShardResult;
import dev.alexnet.pipelines.output.ShardLedger;
import java.util.List;

/**
 * A finished shard: what its sidecar file holds.
 *
 * @param plan the hash of what it was to be made from, and how
 * @param index its place in the augmented dataset
 * @param shard the file
 * @param skipped whether an earlier run had made it; not part of the sidecar's meaning
 */
record AugmentedShard(String plan, int index, Shard shard, boolean skipped)
    implements ShardResult, ShardLedger.Entry {
  private static final long serialVersionUID = 1L;

  @Override
  public List<Shard> files() {
    return List.of(shard);
  }
}
