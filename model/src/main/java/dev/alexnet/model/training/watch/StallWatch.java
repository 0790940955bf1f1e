package dev.alexnet.model.training.watch;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Does steps in its own thread, so that a step that hangs is noticed: a dead network disk or device
 * blocks a native call forever. After half the time limit, a notice says what the training waits
 * for; after all of it, the training fails. A thread that is stuck cannot be stopped; it ends with
 * the process.
 */
public final class StallWatch implements AutoCloseable {
  /** A download that takes longer is worth a notice. */
  private static final Duration SLOW = Duration.ofSeconds(30);

  private final Duration patience;
  private final Consumer<String> notices;
  private final ExecutorService thread;
  private boolean stuck;

  /**
   * @param patience how long a step may take; zero for no limit
   */
  public StallWatch(Duration patience, Consumer<String> notices) {
    this.patience = patience;
    this.notices = notices;
    this.thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread steps = new Thread(work, "training-steps");
              steps.setDaemon(true);
              return steps;
            });
  }

  public static StallWatch unlimited() {
    return new StallWatch(Duration.ZERO, notice -> {});
  }

  /**
   * Does a step of a session.
   *
   * @param passedRecords how many records its input skips first, which takes longer
   * @param input what the step reads; asked if it takes too long
   * @param devices that the step computes on
   * @throws Failure of kind DEVICE or INPUT_OUTPUT if the step did not finish in time
   */
  public <T> T step(Callable<T> step, long passedRecords, StepInput input, String devices) {
    return during(
        StalledStep.allowance(passedRecords), step, () -> StalledStep.cause(input, devices));
  }

  /**
   * Waits for a file to be downloaded, by another thread and before a step that reads it.
   *
   * @throws Failure of kind REMOTE if it has not arrived in time; whatever the download throws
   */
  public <T> T awaitDownload(Location source, Future<T> arrival) {
    Duration half = patience.dividedBy(2);
    Duration early = patience.isZero() || half.compareTo(SLOW) > 0 ? SLOW : half;
    if (!isDone(arrival, early)) {
      notices.accept(
          "The training has waited "
              + text(early)
              + " for "
              + source
              + " to be downloaded: the storage or the network is slow");
      if (!patience.isZero() && !isDone(arrival, patience.minus(early))) {
        throw new Failure(
            Failure.Kind.REMOTE,
            source
                + " was not downloaded within "
                + text(patience)
                + ": the storage or the network is too slow. Run the same command again to "
                + "continue from the last checkpoint, or allow more time with --stall-minutes");
      }
    }
    return awaited(arrival);
  }

  /**
   * Writes a file or directory.
   *
   * @throws Failure of kind INPUT_OUTPUT if that was not done in time
   */
  public <T> T writing(Path path, Callable<T> work) {
    return during(Duration.ZERO, work, () -> StalledStep.writing(WriteTarget.disk(path)));
  }

  /**
   * Uploads something to a bucket.
   *
   * @throws Failure of kind REMOTE if that was not done in time, or INPUT_OUTPUT if the disk that
   *     it is read from does not respond
   */
  public <T> T publishing(Path from, Location to, Callable<T> work) {
    return during(Duration.ZERO, work, () -> StalledStep.writing(WriteTarget.bucket(from, to)));
  }

  /**
   * Waits for what another thread writes.
   *
   * @param target called if it takes too long
   * @throws Failure of kind INPUT_OUTPUT, or REMOTE for an upload, if it was not done in time
   */
  public <T> T awaitWriting(Supplier<WriteTarget> target, Future<T> result) {
    return await(result, () -> StalledStep.writing(target.get()));
  }

  /** What a stalled step is waiting for. */
  record Cause(Failure.Kind kind, String message) {}

  /**
   * Does a step.
   *
   * @param allowance extra time beyond the limit
   * @param cause called if it takes too long; must return by itself
   * @throws Failure of the cause's kind if the step did not finish in time
   */
  <T> T during(Duration allowance, Callable<T> step, Supplier<Cause> cause) {
    if (patience.isZero()) {
      return called(step);
    }
    return await(thread.submit(step), allowance, cause);
  }

  /**
   * Waits for work in another thread.
   *
   * @param cause called if it takes too long; must return by itself
   * @throws Failure of the cause's kind if it was not done in time
   */
  <T> T await(Future<T> result, Supplier<Cause> cause) {
    return patience.isZero() ? awaited(result) : await(result, Duration.ZERO, cause);
  }

  private <T> T await(Future<T> result, Duration allowance, Supplier<Cause> cause) {
    Duration half = patience.plus(allowance).dividedBy(2);
    if (!isDone(result, half)) {
      notices.accept("No step was finished for " + text(half) + ": " + cause.get().message());
      if (!isDone(result, half)) {
        Cause last = cause.get();
        stuck = true;
        throw new Failure(
            last.kind(),
            "No step was finished for "
                + text(half.multipliedBy(2))
                + ": "
                + last.message()
                + ". Run the same command again to continue from the last checkpoint, or "
                + "allow more time with --stall-minutes");
      }
    }
    return awaited(result);
  }

  /** Whether a step is stuck; nothing that it uses can be closed. */
  public boolean isStuck() {
    return stuck;
  }

  private static String text(Duration duration) {
    return duration.toSeconds() >= 120
        ? duration.toMinutes() + " minutes"
        : duration.toMillis() / 1000.0 + " s";
  }

  private static boolean isDone(Future<?> result, Duration time) {
    try {
      result.get(TimeUnit.NANOSECONDS.convert(time), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return true;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static <T> T called(Callable<T> step) {
    try {
      return step.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> T awaited(Future<T> result) {
    try {
      return result.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException thrown) {
        throw thrown;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("Interrupted in a step", e);
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
