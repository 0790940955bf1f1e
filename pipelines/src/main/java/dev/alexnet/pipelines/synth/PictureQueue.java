package dev.alexnet.pipelines.synth;

import dev.alexnet.infra.failure.Failure;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Makes pictures on several threads and returns their JPEGs in the order of the keys. Holds a
 * bounded number of pictures, however long the list is.
 */
final class PictureQueue {
  private static final int AHEAD = 64;

  private final ExecutorService threads;
  private final Iterator<PictureKey> keys;
  private final long seed;
  private final Queue<Future<byte[]>> ahead = new ArrayDeque<>();

  PictureQueue(ExecutorService threads, Iterator<PictureKey> keys, long seed) {
    this.threads = threads;
    this.keys = keys;
    this.seed = seed;
  }

  /**
   * The next picture's JPEG.
   *
   * @throws Failure of kind INTERRUPTED if this thread is interrupted while it waits
   */
  byte[] next() {
    while (ahead.size() < AHEAD && keys.hasNext()) {
      PictureKey key = keys.next();
      ahead.add(threads.submit(() -> Photograph.take(key, seed)));
    }
    try {
      return ahead.remove().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(
          Failure.Kind.INTERRUPTED,
          "Interrupted while drawing synthetic pictures; nothing was written. Run it again",
          e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("Cannot draw a picture", e.getCause());
    }
  }
}
