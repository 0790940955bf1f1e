package dev.alexnet.model.training.step;

import dev.alexnet.model.dataset.Shard;
import java.util.Arrays;
import java.util.List;

/** Which shards of an epoch an input pipeline may be reading. */
final class ShardWindow {
  private final ReadAhead readAhead;
  // How many records the first shards have, for every number of them from 1.
  private final long[] ends;

  /**
   * @param readAhead how far the pipeline reads ahead
   */
  ShardWindow(ReadAhead readAhead, List<Shard> order) {
    this.readAhead = readAhead;
    this.ends = order.stream().mapToLong(Shard::records).toArray();
    Arrays.parallelPrefix(ends, Long::sum);
  }

  /** How many shards the epoch has. */
  int shards() {
    return ends.length;
  }

  /**
   * The index of the first shard that is not read to its end.
   *
   * @param delivered batches, since the epoch was started
   */
  int from(long delivered) {
    return containing(Math.max(1, readAhead.atLeast(delivered)));
  }

  /**
   * The index after the last shard that may be opened.
   *
   * @param batches delivered, and the next
   */
  int to(long batches) {
    return containing(readAhead.atMost(batches)) + 1;
  }

  /** How many batches can be skipped in one run if only some of the shards are there. */
  long batchesWithin(int shards) {
    long records = shards == 0 ? 0 : ends[shards - 1];
    return Math.max(0, (records - readAhead.atMost(1)) / readAhead.batch());
  }

  /** The index of the shard that contains a record, counted from 1; the last for any later one. */
  private int containing(long record) {
    int index = Arrays.binarySearch(ends, Math.min(record, ends[ends.length - 1]));
    return index >= 0 ? index : -index - 1;
  }
}
