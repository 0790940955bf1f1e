package dev.alexnet.model.training.benchmark;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.ByteSize;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.training.shards.ShardCache;
import dev.alexnet.model.training.shards.ShardSource;
import dev.alexnet.model.training.watch.StallWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * The shards that a benchmark reads: those of a dataset on gs:// in a temporary cache.
 *
 * @param store deletes the directory
 * @param directory of the cache; it stays empty if the dataset is local
 */
record BenchmarkShards(ShardSource source, ObjectStore store, Path directory)
    implements AutoCloseable {

  static BenchmarkShards open(
      ObjectStore store, ByteSize bound, Dataset data, Consumer<String> notices) {
    Path directory = temporary();
    try {
      ShardSource source =
          ShardCache.open(store, directory, bound, List.of(data), StallWatch.unlimited(), notices);
      return new BenchmarkShards(source, store, directory);
    } catch (RuntimeException e) {
      store.deleteDirectory(Location.of(directory));
      throw e;
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("alexnet-benchmark-");
    } catch (IOException e) {
      throw Failure.inputOutput("write", System.getProperty("java.io.tmpdir"), e);
    }
  }

  @Override
  public void close() {
    source.close();
    store.deleteDirectory(Location.of(directory));
  }
}
