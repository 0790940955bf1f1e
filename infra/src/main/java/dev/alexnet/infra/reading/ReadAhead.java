package dev.alexnet.infra.reading;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Results of requests, in the order of the requests. Threads of its own work ahead of the caller,
 * as far as the {@link Limit} allows. What a request throws is thrown when its result is asked for.
 *
 * <p>For one calling thread. Closing it drops the results that nobody asked for.
 */
public final class ReadAhead<Q, R> implements Iterator<R>, AutoCloseable {
  private final Iterator<Q> requests;
  private final ToLongFunction<Q> bytes;
  private final Function<Q, R> work;
  private final Limit limit;
  private final ExecutorService threads;
  private final Queue<Started<R>> started = new ArrayDeque<>();
  private Q next;
  private long held;

  /**
   * How far to work ahead: both hold for what is in flight and what waits for the caller together.
   *
   * @param requests at most, at least 1
   * @param bytes at most; a single request may exceed it
   */
  public record Limit(int requests, long bytes) {}

  private record Started<R>(Future<R> result, long bytes) {}

  /**
   * @param bytes how much memory the result of a request takes
   * @param work done by several threads at once
   */
  public ReadAhead(
      Iterator<Q> requests, ToLongFunction<Q> bytes, Function<Q, R> work, Limit limit) {
    this.requests = requireNonNull(requests, "requests is null");
    this.bytes = requireNonNull(bytes, "bytes is null");
    this.work = requireNonNull(work, "work is null");
    this.limit = requireNonNull(limit, "limit is null");
    this.threads =
        Executors.newFixedThreadPool(
            limit.requests(),
            task -> {
              Thread thread = new Thread(task, "read-ahead");
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public boolean hasNext() {
    return !started.isEmpty() || next != null || requests.hasNext();
  }

  /**
   * @throws Failure of kind INTERRUPTED if the calling thread is interrupted; otherwise whatever
   *     the request throws
   */
  @Override
  public R next() {
    start();
    Started<R> first = started.remove();
    R result = resultOf(first);
    held -= first.bytes();
    start();
    return result;
  }

  private void start() {
    while (started.size() < limit.requests() && (next != null || requests.hasNext())) {
      next = next == null ? requests.next() : next;
      long size = bytes.applyAsLong(next);
      if (!started.isEmpty() && held + size > limit.bytes()) {
        return;
      }
      Q request = next;
      next = null;
      held += size;
      started.add(new Started<>(threads.submit(() -> work.apply(request)), size));
    }
  }

  private static <R> R resultOf(Started<R> first) {
    try {
      return first.result().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(
          Failure.Kind.INTERRUPTED, "Reading was interrupted; run the same command again", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException thrown) {
        throw thrown;
      }
      if (e.getCause() instanceof Error thrown) {
        throw thrown;
      }
      throw new IllegalStateException("Work threw what it does not declare", e.getCause());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    started.clear();
  }
}
