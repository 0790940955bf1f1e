package dev.alexnet.model.training.shards;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.Shard;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Decides which shards are in the cache. They are loaded in the order in which they are read; if
 * there is no room, the one that is read last makes place for one that is read earlier. A shard
 * that TensorFlow may have to open stays.
 */
final class CachedShards implements AutoCloseable {
  private static final int THREADS = 4;
  private static final Duration CLOSING = Duration.ofSeconds(10);

  private final CacheDirectory directory;
  private final ShardLoader loader;
  private final long bound;
  private final Map<String, CachedShard> shards = new LinkedHashMap<>();
  private final Set<CachedPass> passes = new HashSet<>();
  private final ExecutorService threads;
  private CachedPass current;
  private long used;
  private boolean closed;

  /**
   * @param bound of the bytes of all files, those being downloaded too
   */
  CachedShards(
      CacheDirectory directory, ShardLoader loader, long bound, Collection<Dataset> datasets) {
    this.directory = directory;
    this.loader = loader;
    this.bound = bound;
    for (Dataset dataset : datasets) {
      for (Shard shard : dataset.manifest().shards()) {
        shards.computeIfAbsent(
            CachedShard.name(dataset, shard),
            name -> new CachedShard(dataset, shard, directory.path()));
      }
    }
    keepFound();
    this.threads = Executors.newFixedThreadPool(THREADS, CachedShards::thread);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "shard-cache");
    thread.setDaemon(true);
    return thread;
  }

  /** Keeps the files of an earlier run that fit; deletes the others. */
  private void keepFound() {
    for (Path file : directory.shards()) {
      CachedShard shard = shards.get(file.getFileName().toString());
      boolean fits = shard != null && used + shard.bytes() <= bound;
      if (fits && directory.size(file) == shard.bytes()) {
        shard.found();
        used += shard.bytes();
      } else {
        directory.delete(file);
      }
    }
  }

  /** How many bytes the cache will take in addition to those that are there. */
  long missing() {
    long all = shards.values().stream().mapToLong(CachedShard::bytes).sum();
    return Math.min(bound, all) - used;
  }

  /** Null if the dataset is not cached. */
  CachedShard of(Dataset dataset, Shard shard) {
    return shards.get(CachedShard.name(dataset, shard));
  }

  /** Restarts a pass, and loads shards for it from now on. */
  synchronized void begin(CachedPass pass, List<CachedShard> order, List<CachedShard> following) {
    pass.restart(order, following);
    passes.add(pass);
    current = pass;
    advance();
  }

  /** Moves the window of a pass, and starts to load its shards. */
  synchronized List<CachedShard> hold(CachedPass pass, int from, int to) {
    pass.move(from, to);
    current = pass;
    // A download that failed before anybody waited for it gets another attempt.
    pass.window().forEach(CachedShard::forgetFailure);
    advance();
    requireProgress();
    return pass.window();
  }

  /** Nothing would ever end the wait for a shard that has no room while nothing is loaded. */
  private void requireProgress() {
    boolean loads =
        shards.values().stream().anyMatch(shard -> shard.state() == CachedShard.State.LOADING);
    if (loads) {
      return;
    }
    for (CachedShard shard : current.window()) {
      if (shard.state() == CachedShard.State.ABSENT && !shard.hasFailed()) {
        throw new IllegalStateException("There is no room for " + shard.source());
      }
    }
  }

  /** The shards that TensorFlow may be reading in a pass. */
  synchronized List<CachedShard> windowOf(CachedPass pass) {
    return pass.window();
  }

  /** How many bytes the windows of the other passes leave. */
  synchronized long roomBeside(CachedPass pass) {
    return bound
        - passes.stream()
            .filter(other -> other != pass)
            .flatMap(other -> other.window().stream())
            .distinct()
            .mapToLong(CachedShard::bytes)
            .sum();
  }

  private void advance() {
    try {
      for (CachedShard next : current.upcoming()) {
        boolean absent = next.state() == CachedShard.State.ABSENT;
        if (closed || next.hasFailed() || (absent && !makesRoom(next))) {
          return;
        }
        if (absent || next.state() == CachedShard.State.FOUND) {
          next.loading();
          threads.execute(() -> load(next));
        }
      }
    } catch (Failure e) {
      // A file could not be deleted: whoever waits for the room has to know.
      current.window().stream()
          .filter(shard -> shard.state() == CachedShard.State.ABSENT)
          .forEach(shard -> shard.failed(e));
    }
  }

  /** Reserves the bytes of a shard. Returns whether there is room. */
  private boolean makesRoom(CachedShard next) {
    while (used + next.bytes() > bound) {
      Optional<CachedShard> last = lastRead(current.nextUse(next));
      if (last.isEmpty()) {
        return false;
      }
      directory.delete(last.get().file());
      last.get().removed();
      used -= last.get().bytes();
    }
    used += next.bytes();
    return true;
  }

  /** The shard on the disk that is read last, after a position and not by TensorFlow now. */
  private Optional<CachedShard> lastRead(int position) {
    return shards.values().stream()
        .filter(
            shard ->
                shard.state() == CachedShard.State.PRESENT
                    || shard.state() == CachedShard.State.FOUND)
        .filter(shard -> current.nextUse(shard) > position)
        .filter(shard -> passes.stream().noneMatch(pass -> pass.window().contains(shard)))
        .max(Comparator.comparingInt(current::nextUse));
  }

  private void load(CachedShard shard) {
    try {
      loader.load(shard);
    } catch (RuntimeException | Error e) {
      failed(shard, e);
      return;
    }
    arrived(shard);
  }

  private synchronized void arrived(CachedShard shard) {
    shard.arrived();
    advance();
  }

  private synchronized void failed(CachedShard shard, Throwable why) {
    used -= shard.bytes();
    shard.failed(why);
    advance();
  }

  /** Stops all downloads; the files stay for the next run. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(CLOSING.toSeconds(), TimeUnit.SECONDS)) {
        // A download that does not end holds no lock, and its thread ends with the process.
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
