package dev.alexnet.model.training.watch;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.dataset.Dataset;
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
 * Does steps in a thread of its own, so that one which does not come back is noticed: a dead
 * network disk or device holds a native call for ever. After half the patience it is told what the
 * training waits for, after all of it the training fails. A thread that is stuck cannot be stopped;
 * it dies with the process.
 */
public final class StallWatch implements AutoCloseable {
  private final Duration patience;
  private final Consumer<String> notices;
  private final ExecutorService thread;
  private boolean stuck;

  /**
   * @param patience how long a step may take; zero for ever
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
   * @param passedRecords how many records its input passes over first, which takes longer
   * @param dataset that the step reads
   * @param hasBatch whether the step's images have come; asked if it takes too long
   * @param devices that the step computes on
   * @throws Failure of kind DEVICE or INPUT_OUTPUT if the step did not come back in time
   */
  public <T> T step(
      Callable<T> step,
      long passedRecords,
      Dataset dataset,
      Callable<Boolean> hasBatch,
      String devices) {
    return during(
        StalledStep.allowance(passedRecords),
        step,
        () -> StalledStep.cause(dataset, hasBatch, devices));
  }

  /**
   * Writes a file or directory.
   *
   * @throws Failure of kind INPUT_OUTPUT if that was not done in time
   */
  public <T> T writing(Path path, Callable<T> work) {
    return during(Duration.ZERO, work, () -> StalledStep.writing(path));
  }

  /**
   * Waits for what another thread writes.
   *
   * @param path asked for if it takes too long
   * @throws Failure of kind INPUT_OUTPUT if it was not done in time
   */
  public <T> T awaitWriting(Supplier<Path> path, Future<T> result) {
    return await(result, () -> StalledStep.writing(path.get()));
  }

  /** What a stalled step waits for. */
  record Cause(Failure.Kind kind, String message) {}

  /**
   * Does a step.
   *
   * @param allowance what it may take beyond the patience
   * @param cause asked where it takes too long; must come back by itself
   * @throws Failure of the cause's kind where the step did not come back in time
   */
  <T> T during(Duration allowance, Callable<T> step, Supplier<Cause> cause) {
    if (patience.isZero()) {
      return called(step);
    }
    return await(thread.submit(step), allowance, cause);
  }

  /**
   * Waits for what is done in another thread.
   *
   * @param cause asked where it takes too long; must come back by itself
   * @throws Failure of the cause's kind where it was not done in time
   */
  <T> T await(Future<T> result, Supplier<Cause> cause) {
    return patience.isZero() ? awaited(result) : await(result, Duration.ZERO, cause);
  }

  private <T> T await(Future<T> result, Duration allowance, Supplier<Cause> cause) {
    Duration half = patience.plus(allowance).dividedBy(2);
    if (!isDone(result, half)) {
      notices.accept("No step was done for " + text(half) + ": " + cause.get().message());
      if (!isDone(result, half)) {
        Cause last = cause.get();
        stuck = true;
        throw new Failure(
            last.kind(),
            "No step was done for "
                + text(half.multipliedBy(2))
                + ": "
                + last.message()
                + ". The same command goes on from the last checkpoint; --stall-minutes allows more");
      }
    }
    return awaited(result);
  }

  /** Whether something did not come back; nothing that it holds can be closed. */
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
