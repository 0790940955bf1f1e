package dev.alexnet.model.training.checkpoint;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.training.step.Snapshot;
import dev.alexnet.model.training.watch.StallWatch;
import dev.alexnet.model.training.watch.WriteTarget;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Writes and publishes checkpoints in its own thread while the training continues. Each holds the
 * state of the moment when it was requested. At most one is in progress, so a slow disk or bucket
 * delays the next, and one that is not done in time ends the training.
 */
public final class CheckpointWriter implements AutoCloseable {
  private static final Future<?> NONE = CompletableFuture.completedFuture(null);

  private final Checkpoints checkpoints;
  private final StallWatch watch;
  private final ExecutorService thread;
  private Future<?> underWay = NONE;
  private volatile WriteTarget target;

  /**
   * @param watch over every wait for a checkpoint
   */
  public CheckpointWriter(Checkpoints checkpoints, StallWatch watch) {
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
   * Starts to write a checkpoint, and then to publish it, after the previous one is done.
   *
   * @param state of the moment of the snapshot
   * @param snapshot taken now; closed when it is written
   * @param logs publishes the logs up to this moment
   */
  public void begin(CheckpointState state, Supplier<Snapshot> snapshot, Runnable logs) {
    await();
    Snapshot taken = snapshot.get();
    target = WriteTarget.disk(checkpoints.pending(state.step()));
    underWay =
        thread.submit(
            () -> {
              try (taken) {
                checkpoints.write(state, taken::save);
              }
              checkpoints.publication(state.step(), logs).ifPresent(this::publish);
            });
  }

  /**
   * Starts to publish a checkpoint that an earlier run wrote, unless that is done.
   *
   * @param logs publishes the logs up to its step
   */
  public void beginPublication(long step, Runnable logs) {
    await();
    checkpoints
        .publication(step, logs)
        .ifPresent(publication -> underWay = thread.submit(() -> publish(publication)));
  }

  /** Whether nothing is in progress. */
  public boolean isIdle() {
    return underWay.isDone();
  }

  /**
   * Starts to publish something else, after what is in progress is done.
   *
   * @param work publishes it
   */
  public void begin(Path from, Location to, Runnable work) {
    await();
    underWay = thread.submit(() -> publish(new Checkpoints.Publication(from, to, work)));
  }

  private void publish(Checkpoints.Publication publication) {
    target = WriteTarget.bucket(publication.from(), publication.to());
    publication.work().run();
  }

  /** Throws the failure of the last checkpoint, unless it is still in progress. */
  public void check() {
    if (underWay.isDone()) {
      await();
    }
  }

  /**
   * Waits until the last checkpoint is committed and published, and throws its failure. If it is
   * not done in time, a second call does not wait again.
   */
  public void await() {
    Future<?> awaited = underWay;
    underWay = NONE;
    watch.awaitWriting(() -> target, awaited);
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
