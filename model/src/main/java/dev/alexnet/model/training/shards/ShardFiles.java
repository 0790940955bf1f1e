package dev.alexnet.model.training.shards;

import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.Shard;
import java.nio.file.Path;
import java.util.List;

/**
 * The shards of a dataset as local files, which TensorFlow opens by their paths, one after the
 * other. Whoever makes TensorFlow read on first {@linkplain #await waits} for the shards that it
 * can open meanwhile. For one thread.
 */
public interface ShardFiles {

  Dataset dataset();

  /** Where the shard is when TensorFlow opens it. */
  Path path(Shard shard);

  /**
   * How many of the first shards of an order can be on the disk at the same time.
   *
   * @param wanted how many of them should be
   */
  int together(List<Shard> order, int wanted);

  /**
   * Tells in which order TensorFlow reads the shards from now on. It has let go of the shards of an
   * earlier order.
   *
   * @param following what is read after them, as far as it is known
   */
  void begin(List<Shard> order, List<ReadingOrder> following);

  /**
   * Waits until TensorFlow can open some of the shards. They stay on the disk until the next call.
   *
   * @param from the index of the first of them in the order; those before were read to their end
   * @param to the index after the last
   * @throws dev.alexnet.infra.failure.Failure as a download does; of kind REMOTE if it takes longer
   *     than a step may
   */
  void await(int from, int to);

  /** Files that TensorFlow may be reading. */
  List<Path> open();

  /**
   * Explains why TensorFlow did not find a file.
   *
   * @throws dev.alexnet.infra.failure.Failure that names a file that is missing; none if all exist
   */
  void requirePresent();

  /**
   * Explains why TensorFlow found a damaged record.
   *
   * @throws dev.alexnet.infra.failure.Failure that names the damaged file; none if all are intact
   */
  void requireIntact();
}
