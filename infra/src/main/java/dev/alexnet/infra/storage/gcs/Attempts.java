package dev.alexnet.infra.storage.gcs;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import java.io.IOException;
import java.time.Duration;

/** The tries of one request. Not thread-safe. */
final class Attempts {
  private final Retrier retrier;
  private final String action;
  private final Location location;
  private long start;
  private int tries;
  private boolean mayHaveHadEffect;

  Attempts(Retrier retrier, String action, Location location) {
    this.retrier = retrier;
    this.action = action;
    this.location = location;
    this.start = retrier.clock().nanoTime();
  }

  /**
   * Waits until the next try.
   *
   * @throws Failure if there is none
   */
  void failed(IOException error) {
    tries++;
    Trouble trouble = Trouble.of(error);
    mayHaveHadEffect |= trouble == Trouble.UNAVAILABLE;
    Duration time = Duration.ofNanos(retrier.clock().nanoTime() - start);
    Duration delay = retrier.delay(tries);
    if (trouble == Trouble.REFUSED
        || time.plus(delay).compareTo(retrier.limit(trouble, error)) > 0) {
      throw retrier.failures().of(action, location, error, new GcsFailures.Tries(tries, time));
    }
    sleep(error, delay);
  }

  /** A part of the request succeeded, so that it makes sense to go on for as long again. */
  void progressed() {
    retrier.reached();
    tries = 0;
    start = retrier.clock().nanoTime();
  }

  /** Whether a try that failed may have changed something. */
  boolean mayHaveHadEffect() {
    return mayHaveHadEffect;
  }

  private void sleep(IOException error, Duration delay) {
    try {
      // The HTTP client makes another exception of it, and clears the thread's flag.
      for (Throwable cause = error; cause != null; cause = cause.getCause()) {
        if (cause instanceof InterruptedException interrupt) {
          throw interrupt;
        }
      }
      retrier.clock().sleep(delay);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw retrier
          .failures()
          .of(Failure.Kind.REMOTE, action, location, "it was stopped before the next try");
    }
  }
}
