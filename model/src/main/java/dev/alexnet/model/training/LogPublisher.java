package dev.alexnet.model.training;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.training.checkpoint.CheckpointWriter;
import dev.alexnet.model.training.log.LogPublication;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Publishes the logs of a training between its checkpoints. If the bucket does not answer then, the
 * training goes on: the next checkpoint brings the logs too, and fails if that is not possible.
 */
final class LogPublisher {
  private final WorkDirectory workdir;
  private final LogPublication logs;
  private final CheckpointWriter writer;
  private final Consumer<String> notices;
  private final AtomicReference<Failure> failed = new AtomicReference<>();

  /**
   * @param writer in whose thread the logs are published
   * @param notices is told of a failure, in the thread of the training
   */
  LogPublisher(
      WorkDirectory workdir,
      LogPublication logs,
      CheckpointWriter writer,
      Consumer<String> notices) {
    this.workdir = requireNonNull(workdir, "workdir is null");
    this.logs = requireNonNull(logs, "logs is null");
    this.writer = requireNonNull(writer, "writer is null");
    this.notices = requireNonNull(notices, "notices is null");
  }

  /** Starts to publish the logs if it is time. */
  void afterStep() {
    Failure failure = failed.getAndSet(null);
    if (failure != null) {
      notices.accept(
          "The logs were not published: "
              + failure.getMessage()
              + ". The training continues; the next checkpoint brings them too");
    }
    if (logs.isDue() && writer.isIdle()) {
      Runnable publication = logs.ofNow();
      writer.begin(workdir.local(), workdir.location(), () -> tolerant(publication));
    }
  }

  private void tolerant(Runnable publication) {
    try {
      publication.run();
    } catch (Failure e) {
      if (e.kind() != Failure.Kind.REMOTE) {
        throw e;
      }
      failed.set(e);
    }
  }

  /** Publishes what is logged up to now, with a checkpoint. */
  Runnable ofNow() {
    return logs.ofNow();
  }
}
