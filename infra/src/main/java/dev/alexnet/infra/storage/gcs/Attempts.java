package dev.alexnet.infra.storage.gcs;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import java.io.IOException;
import java.time.Duration;

/** The tries of one request. For one thread, but for what it says of itself. */
final class Attempts {
  private final Retrier retrier;
  private final String action;
  private final Location location;
  private long start;
  private int tries;
  private volatile String lastError = "nothing has arrived";
  private boolean mayHaveHadEffect;

  Attempts(Retrier retrier, String action, Location location) {
    this.retrier = retrier;
    this.action = action;
    this.location = location;
    this.start = retrier.clock().nanoTime();
  }

  /**
   * Sends a request, or reads what comes next of its response, once. The time before the first try
   * does not count: whoever reads may have paused.
   */
  <T> T attempt(Retrier.Request<T> request) throws IOException {
    if (tries == 0) {
      start = retrier.clock().nanoTime();
    }
    retrier.watch().begin(this);
    boolean again = false;
    try {
      return request.send();
    } catch (IOException e) {
      again = Trouble.of(e) != Trouble.REFUSED;
      throw e;
    } finally {
      if (!again) {
        end();
      }
    }
  }

  /**
   * Waits until the next try.
   *
   * @throws Failure if there is none
   */
  void failed(IOException error) {
    try {
      waitAfter(error);
    } catch (Failure e) {
      end();
      throw e;
    }
  }

  /** Nobody waits for the request any more. */
  void end() {
    retrier.watch().end(this);
  }

  private void waitAfter(IOException error) {
    tries++;
    lastError = "the last try failed with " + ErrorText.of(error);
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

  /** What the user is told if nothing else is heard of the request. */
  String silence() {
    return retrier.failures().silence(action, location, lastError, retrier.longestWait());
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
