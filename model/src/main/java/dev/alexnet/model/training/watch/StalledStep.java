package dev.alexnet.model.training.watch;

import dev.alexnet.infra.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Finds out what a stuck training is waiting for. */
final class StalledStep {
  /** No answer in this time means that the file does not respond. */
  private static final Duration SESSION_ANSWER = Duration.ofSeconds(20);

  private static final Duration DISK_ANSWER = Duration.ofSeconds(2);

  /** The number of records per second that a slow disk can skip. */
  private static final long PASSED_A_SECOND = 500;

  private StalledStep() {}

  /** The extra time for the first step of a resumed run. */
  static Duration allowance(long passedRecords) {
    return Duration.ofSeconds(passedRecords / PASSED_A_SECOND);
  }

  /**
   * @param devices that the step computes on
   */
  static StallWatch.Cause cause(StepInput input, String devices) {
    if (answer(input.hasArrived(), SESSION_ANSWER, true)) {
      return new StallWatch.Cause(
          Failure.Kind.DEVICE, "the images are ready, but the step hangs on " + devices);
    }
    for (Path file : input.files().get()) {
      if (!answer(() -> isReadable(file), DISK_ANSWER, false)) {
        return new StallWatch.Cause(
            Failure.Kind.INPUT_OUTPUT,
            "the step waits for images, but " + file + " does not respond");
      }
    }
    return new StallWatch.Cause(
        Failure.Kind.INPUT_OUTPUT,
        "the step waits for images of "
            + input.dataset()
            + ", whose shards all respond now: the disk or decoding is slow");
  }

  /** The cause if a training waits while writing a file, a directory or its content. */
  static StallWatch.Cause writing(WriteTarget target) {
    Path path = target.local();
    // A full or frozen disk may still list its content.
    boolean answers = answer(() -> Files.exists(path) || Files.notExists(path), DISK_ANSWER, false);
    if (answers && target.bucket().isPresent()) {
      return new StallWatch.Cause(
          Failure.Kind.REMOTE,
          "the training waits for the upload of "
              + path
              + ", which responds, to "
              + target.bucket().get()
              + ": the bucket is slow or does not answer");
    }
    return new StallWatch.Cause(
        Failure.Kind.INPUT_OUTPUT,
        "the training waits for what it writes to "
            + path
            + (answers
                ? ", which responds, but is slow or accepts no more data"
                : ", which does not respond"));
  }

  private static boolean isReadable(Path file) throws IOException {
    try (InputStream stream = Files.newInputStream(file)) {
      return stream.read() >= 0;
    }
  }

  /** Asks in a separate thread, which may hang. */
  private static boolean answer(Callable<Boolean> question, Duration time, boolean otherwise) {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                answer.complete(question.call());
              } catch (Exception e) {
                answer.completeExceptionally(e);
              }
            },
            "stall-question");
    thread.setDaemon(true);
    thread.start();
    try {
      return answer.get(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return otherwise;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return otherwise;
    }
  }
}
