package dev.alexnet.model.training.shards;

import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.Shard;
import java.util.Comparator;
import java.util.List;

/**
 * How many records in a row TensorFlow may go through in one run, so that their shards must be on
 * the disk together.
 *
 * @param first in the first run, which starts with the first record of a shard
 * @param later in every other run, which may start with any record
 */
public record WindowSize(Dataset dataset, long first, long later) {

  /** The most bytes that the shards of these records have, whatever their order. */
  long bytes() {
    return Math.max(largest(1 + within(first - 1)), largest(2 + within(later - 2)));
  }

  /** How many whole shards so many records can contain. */
  private int within(long records) {
    int count = 0;
    long sum = 0;
    for (Shard shard : sorted(Comparator.comparingLong(Shard::records))) {
      sum += shard.records();
      if (sum > records) {
        break;
      }
      count++;
    }
    return count;
  }

  private long largest(int count) {
    return sorted(Comparator.comparingLong(Shard::bytes).reversed()).stream()
        .limit(count)
        .mapToLong(Shard::bytes)
        .sum();
  }

  private List<Shard> sorted(Comparator<Shard> order) {
    return dataset.manifest().shards().stream()
        .filter(shard -> shard.records() > 0)
        .sorted(order)
        .toList();
  }
}
