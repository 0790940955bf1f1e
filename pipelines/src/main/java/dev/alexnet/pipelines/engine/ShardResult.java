package dev.alexnet.pipelines.engine;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The result of one shard. */
public interface ShardResult extends Serializable {
  /** The shard's index, from 0. */
  int index();

  /**
   * The results in the order of their shards.
   *
   * @param shards the required number of results
   * @throws IllegalStateException if the result of a shard is missing or occurs twice: an engine
   *     that repeats work must keep only one result
   */
  static <R extends ShardResult> List<R> inOrder(Iterable<R> results, int shards) {
    List<R> ordered = new ArrayList<>(Collections.nCopies(shards, null));
    for (R result : results) {
      if (result.index() >= shards) {
        throw new IllegalStateException(
            "There is a result of shard " + result.index() + "; there are " + shards + " shards");
      }
      if (ordered.set(result.index(), result) != null) {
        throw new IllegalStateException("There are two results of shard " + result.index());
      }
    }
    int missing = ordered.indexOf(null);
    if (missing >= 0) {
      throw new IllegalStateException(
          "There is no result of shard " + missing + " of " + shards + " shards");
    }
    return List.copyOf(ordered);
  }
}
