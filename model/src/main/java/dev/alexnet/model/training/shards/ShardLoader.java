package dev.alexnet.model.training.shards;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** Brings shards into the cache, each with the size and the CRC-32C that the manifest gives. */
final class ShardLoader {
  private static final int ATTEMPTS = 2;

  private final ObjectStore store;
  private final CacheDirectory directory;

  /**
   * @param store holds the datasets, and reads local files
   */
  ShardLoader(ObjectStore store, CacheDirectory directory) {
    this.store = store;
    this.directory = directory;
  }

  /**
   * Checks the file of an earlier run, if there is one; downloads the shard otherwise.
   *
   * @throws Failure as the store does; of kind BAD_DATA if the shard is not the manifest's;
   *     INPUT_OUTPUT if the disk is full
   */
  void load(CachedShard shard) {
    Path file = shard.file();
    if (Files.exists(file) && isIntact(shard, file)) {
      return;
    }
    directory.delete(file);
    Path partial = directory.partial(file);
    try {
      for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
        download(shard, partial);
        if (isIntact(shard, partial)) {
          directory.move(partial, file);
          return;
        }
      }
    } finally {
      // Also if the training ends while the file is checked.
      directory.delete(partial);
    }
    throw new Failure(
        Failure.Kind.BAD_DATA,
        "The shard "
            + shard.source()
            + " is not the one that the manifest describes: it does not have "
            + shard.bytes()
            + " bytes with the CRC-32C "
            + Long.toHexString(shard.shard().crc32c())
            + ". Run the command that made the dataset again");
  }

  private void download(CachedShard shard, Path partial) {
    try {
      store.download(shard.source(), partial);
    } catch (Failure e) {
      throw e.kind() == Failure.Kind.INPUT_OUTPUT
          ? directory.explained(e, shard.source(), shard.bytes())
          : e;
    }
  }

  boolean isIntact(CachedShard shard, Path file) {
    return shard.shard().isIntactAt(store, Location.of(file));
  }
}
