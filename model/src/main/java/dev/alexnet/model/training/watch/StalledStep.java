package dev.alexnet.model.training.watch;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.Shard;
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

/** Finds out what a training waits for that does not come back. */
final class StalledStep {
  /** No answer in this time is an answer, too. */
  private static final Duration SESSION_ANSWER = Duration.ofSeconds(20);

  private static final Duration DISK_ANSWER = Duration.ofSeconds(2);

  /** A slow disk passes over so many records a second. */
  private static final long PASSED_A_SECOND = 500;

  private StalledStep() {}

  /** What the first step of a run that continues may take longer than others. */
  static Duration allowance(long passedRecords) {
    return Duration.ofSeconds(passedRecords / PASSED_A_SECOND);
  }

  /**
   * @param dataset that the step reads
   * @param hasBatch whether the step's images have come
   * @param devices that the step computes on
   */
  static StallWatch.Cause cause(Dataset dataset, Callable<Boolean> hasBatch, String devices) {
    if (answer(hasBatch, SESSION_ANSWER, true)) {
      return new StallWatch.Cause(
          Failure.Kind.DEVICE,
          "the images are there, and the step does not come back from " + devices);
    }
    for (Shard shard : dataset.manifest().shards()) {
      Path file = dataset.shardLocation(shard).localPath();
      if (!answer(() -> isReadable(file), DISK_ANSWER, false)) {
        return new StallWatch.Cause(
            Failure.Kind.INPUT_OUTPUT,
            "the step waits for images, and " + file + " does not answer");
      }
    }
    return new StallWatch.Cause(
        Failure.Kind.INPUT_OUTPUT,
        "the step waits for images of "
            + dataset.location()
            + ", whose shards all answer now: the disk is slow, or decoding is");
  }

  /** What a training waits for that writes a file or directory, or under it. */
  static StallWatch.Cause writing(Path path) {
    // A disk may be full or frozen, and tell nevertheless what it holds.
    boolean answers = answer(() -> Files.exists(path) || Files.notExists(path), DISK_ANSWER, false);
    return new StallWatch.Cause(
        Failure.Kind.INPUT_OUTPUT,
        "the training waits for what it writes to "
            + path
            + (answers
                ? ", which answers, but is slow or takes nothing more"
                : ", which does not answer"));
  }

  private static boolean isReadable(Path file) throws IOException {
    try (InputStream stream = Files.newInputStream(file)) {
      return stream.read() >= 0;
    }
  }

  /** Asks in a thread that may hang. */
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
