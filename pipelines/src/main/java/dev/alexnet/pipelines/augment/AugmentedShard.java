package dev.alexnet.pipelines.augment;

import dev.alexnet.model.dataset.Shard;
import dev.alexnet.pipelines.engine.ShardResult;
import dev.alexnet.pipelines.output.ShardLedger;
import java.util.List;

/**
 * A finished shard, as its ledger entry records it.
 *
 * @param plan the hash of what it is made from, and how
 * @param index its place in the augmented dataset
 * @param shard its file
 * @param skipped whether an earlier run had made it; has no meaning in the ledger entry
 */
record AugmentedShard(String plan, int index, Shard shard, boolean skipped)
    implements ShardResult, ShardLedger.Entry {
  private static final long serialVersionUID = 1L;

  @Override
  public List<Shard> files() {
    return List.of(shard);
  }
}
