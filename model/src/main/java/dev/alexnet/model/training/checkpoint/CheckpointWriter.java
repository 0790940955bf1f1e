package dev.alexnet.model.training;

import dev.alexnet.model.training.step.Snapshot;
import dev.alexnet.model.training.watch.StallWatch;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Writes checkpoints in its own thread while the training continues. Each holds the state of the
 * moment when it was requested. At most one is in progress, so a slow one delays the next, and one
 * that is not done in time ends the training.
 */
final class CheckpointWriter implements AutoCloseable {
  private static final Future<?> NONE = CompletableFuture.completedFuture(null);

  private final Checkpoints checkpoints;
  private final StallWatch watch;
  private final ExecutorService thread;
  private Future<?> underWay = NONE;
  private Path written;

  /**
   * @param watch over every wait for a checkpoint
   */
  CheckpointWriter(Checkpoints checkpoints, StallWatch watch) {
    this.checkpoints = checkpoints;
    this.watch = watch;
    this.thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread writer = new Thread(work, "checkpoint-writer");
              writer.setDaemon(true);
              return writer;
            });
  }

  /**
   * Starts to write a checkpoint, after the previous one is done.
   *
   * @param state of the moment of the snapshot
   * @param snapshot taken now; closed when it is written
   */
  void begin(CheckpointState state, Supplier<Snapshot> snapshot) {
    await();
    Snapshot taken = snapshot.get();
    written = checkpoints.pending(state.step());
    underWay =
        thread.submit(
            () -> {
              try (taken) {
                checkpoints.write(state, taken::save);
              }
            });
  }

  /** Throws the failure of the last checkpoint, unless it is still in progress. */
  void check() {
    if (underWay.isDone()) {
      await();
    }
  }

  /**
   * Waits until the last checkpoint is committed, and throws its failure. If it is not done in
   * time, a second call does not wait again.
   */
  void await() {
    Future<?> awaited = underWay;
    underWay = NONE;
    watch.awaitWriting(() -> written, awaited);
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
