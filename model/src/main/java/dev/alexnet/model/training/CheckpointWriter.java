package dev.alexnet.model.training;

import dev.alexnet.infra.failure.Failure;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Writes checkpoints in a thread of its own while the training goes on. Each holds the state of the
 * moment when it was asked for. One at most is under way, so one that is slow holds up the next.
 */
final class CheckpointWriter implements AutoCloseable {
  private static final Future<?> NONE = CompletableFuture.completedFuture(null);

  private final Checkpoints checkpoints;
  private final ExecutorService thread;
  private Future<?> underWay = NONE;

  CheckpointWriter(Checkpoints checkpoints) {
    this.checkpoints = checkpoints;
    this.thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread writer = new Thread(work, "checkpoint-writer");
              writer.setDaemon(true);
              return writer;
            });
  }

  /**
   * Begins to write a checkpoint, once the one before is done.
   *
   * @param snapshot taken now; closed when it is written
   * @param commit makes the commit of the files that were written; called in the other thread
   */
  void begin(
      long step,
      Supplier<Snapshot> snapshot,
      Function<List<CheckpointCommit.StoredFile>, CheckpointCommit> commit) {
    await();
    Snapshot taken = snapshot.get();
    underWay =
        thread.submit(
            () -> {
              try (taken) {
                checkpoints.write(step, taken::save, commit);
              }
            });
  }

  /** Throws what a checkpoint failed with that is not under way any more. */
  void check() {
    if (underWay.isDone()) {
      await();
    }
  }

  /** Waits until the last checkpoint is committed, and throws what it failed with. */
  void await() {
    Future<?> awaited = underWay;
    underWay = NONE;
    try {
      awaited.get();
    } catch (ExecutionException e) {
      Failure failure = Failure.in(e);
      throw failure == null ? new IllegalStateException(e.getCause()) : failure;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while a checkpoint was written", e);
    }
  }

  @Override
  public void close() {
    try {
      await();
    } finally {
      thread.shutdown();
    }
  }
}
