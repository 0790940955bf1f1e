package dev.alexnet.model.training.step;

import dev.alexnet.model.augmentation.AugmentationGraph;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.Shard;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The order of all images of a dataset in an epoch.
 *
 * @param shards those with records, in this epoch's order
 * @param seed of the training
 * @param key of this epoch, for the order of the records and the augmentation
 * @param addsPcaNoise whether colour noise is added
 * @param skippedBatches how many to leave out at the start: those of an earlier, interrupted run
 */
record EpochOrder(
    List<Shard> shards, long seed, long key, boolean addsPcaNoise, long skippedBatches) {
  EpochOrder {
    shards = List.copyOf(shards);
  }

  /**
   * An epoch of a training, whose order depends on its seed and number alone.
   *
   * @param number counted from 0
   */
  static EpochOrder shuffled(
      Dataset data, long seed, long number, boolean addsPcaNoise, long skippedBatches) {
    long key = AugmentationGraph.roundKey(seed, number);
    List<Shard> shards = new ArrayList<>(shards(data));
    Collections.shuffle(shards, new Random(key));
    return new EpochOrder(shards, seed, key, addsPcaNoise, skippedBatches);
  }

  /** All images in the order of the files. */
  static EpochOrder ordered(Dataset data) {
    return new EpochOrder(shards(data), 0, 0, false, 0);
  }

  private static List<Shard> shards(Dataset data) {
    return data.manifest().shards().stream().filter(shard -> shard.records() > 0).toList();
  }
}
