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
 * Writes checkpoints in a thread of its own while the training goes on. Each holds the state of the
 * moment when it was asked for. One at most is under way, so one that is slow holds up the next,
 * and one that is not done in time ends the training.
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
   * Begins to write a checkpoint, once the one before is done.
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

  /** Throws what a checkpoint failed with that is not under way any more. */
  void check() {
    if (underWay.isDone()) {
      await();
    }
  }

  /**
   * Waits until the last checkpoint is committed, and throws what it failed with. One that is not
   * done in time is waited for once.
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
