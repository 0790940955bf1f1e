package dev.alexnet.model.training.shards;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.Shard;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** A shard, and whether it is in the cache. Its state is guarded by {@link CachedShards}. */
final class CachedShard {
  enum State {
    ABSENT,
    /** A file of an earlier run, not checked yet. */
    FOUND,
    /** Being downloaded, or checked. */
    LOADING,
    PRESENT
  }

  private final Dataset dataset;
  private final Shard shard;
  private final Path file;
  private State state;
  private volatile CompletableFuture<Void> arrival = new CompletableFuture<>();

  /**
   * @param directory the cache's
   */
  CachedShard(Dataset dataset, Shard shard, Path directory) {
    this.dataset = dataset;
    this.shard = shard;
    this.file = directory.resolve(name(dataset, shard));
    this.state = State.ABSENT;
  }

  /** Another content has another name, even in a dataset of the same manifest. */
  static String name(Dataset dataset, Shard shard) {
    return String.format(
        Locale.ROOT, "%s-%08x-%s", dataset.hash().substring(0, 12), shard.crc32c(), shard.name());
  }

  Shard shard() {
    return shard;
  }

  Path file() {
    return file;
  }

  Location source() {
    return dataset.shardLocation(shard);
  }

  State state() {
    return state;
  }

  long bytes() {
    return shard.bytes();
  }

  /** Done when it is present, or could not be loaded. */
  Future<Void> arrival() {
    return arrival;
  }

  boolean hasFailed() {
    return arrival.isCompletedExceptionally();
  }

  void found() {
    state = State.FOUND;
  }

  void loading() {
    state = State.LOADING;
  }

  void arrived() {
    state = State.PRESENT;
    arrival.complete(null);
  }

  void failed(Throwable why) {
    state = State.ABSENT;
    arrival.completeExceptionally(why);
  }

  void removed() {
    state = State.ABSENT;
    arrival = new CompletableFuture<>();
  }

  /** Allows another attempt. */
  void forgetFailure() {
    if (hasFailed()) {
      arrival = new CompletableFuture<>();
    }
  }
}
