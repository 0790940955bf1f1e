package dev.alexnet.model.training.shards;

import dev.alexnet.model.dataset.Dataset;
import java.util.List;

/** Gives TensorFlow the shards of datasets as local files. */
public interface ShardSource extends AutoCloseable {

  /** For datasets that are all local: reads their shards where they are. */
  static ShardSource local() {
    return new ShardSource() {
      @Override
      public ShardFiles of(Dataset dataset) {
        return new LocalShards(dataset);
      }

      @Override
      public void requireRoom(List<WindowSize> windows) {}

      @Override
      public void close() {}
    };
  }

  /** The shards of one of the datasets. */
  ShardFiles of(Dataset dataset);

  /**
   * Checks that the shards that TensorFlow may read at the same time can be on the disk.
   *
   * @throws dev.alexnet.infra.failure.Failure of kind MISMATCH that names the least that is needed
   */
  void requireRoom(List<WindowSize> windows);

  @Override
  void close();
}
