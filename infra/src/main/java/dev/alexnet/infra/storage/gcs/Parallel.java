package dev.alexnet.infra.storage.gcs;

import dev.alexnet.infra.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs tasks on a few threads, all of which have ended when it returns. */
final class Parallel {
  private Parallel() {}

  /**
   * @return the results in the order of the tasks
   * @throws Exception what the first task that failed threw; the others are stopped
   */
  static <T> List<T> run(int threads, List<Callable<T>> tasks) throws Exception {
    ExecutorService executor =
        Executors.newFixedThreadPool(
            Math.max(1, Math.min(threads, tasks.size())),
            task -> {
              Thread thread = new Thread(task, "gcs-transfer");
              thread.setDaemon(true);
              return thread;
            });
    try {
      ExecutorCompletionService<T> completion = new ExecutorCompletionService<>(executor);
      List<Future<T>> futures = new ArrayList<>();
      for (Callable<T> task : tasks) {
        futures.add(completion.submit(task));
      }
      for (int i = 0; i < tasks.size(); i++) {
        completion.take().get();
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception thrown ? thrown : e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(
          Failure.Kind.INTERRUPTED, "A transfer was stopped; run the same command again", e);
    } finally {
      stop(executor);
    }
  }

  /** Runs tasks without results in the same way. */
  static void runAll(int threads, List<Runnable> tasks) {
    try {
      run(threads, tasks.stream().map(Executors::callable).toList());
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("No task throws another exception", e);
    }
  }

  /** A thread that waits for a response sees the interrupt when the response is late. */
  private static void stop(ExecutorService executor) {
    executor.shutdownNow();
    boolean interrupted = false;
    while (!executor.isTerminated()) {
      try {
        executor.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
