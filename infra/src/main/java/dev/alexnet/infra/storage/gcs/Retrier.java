package dev.alexnet.infra.storage.gcs;

import com.google.api.client.http.HttpResponseException;
import com.google.api.client.http.HttpStatusCodes;
import dev.alexnet.infra.storage.Location;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Sends requests again, as {@link GcsRetries} says, until one succeeds or cannot. */
final class Retrier {
  private final GcsRetries retries;
  private final RetryClock clock;
  private final GcsFailures failures;
  private final SilenceWatch watch;
  private volatile boolean reached;

  Retrier(GcsRetries retries, RetryClock clock, GcsFailures failures, SilenceWatch watch) {
    this.retries = retries;
    this.clock = clock;
    this.failures = failures;
    this.watch = watch;
  }

  /** A request that has the same effect however often it is sent. */
  interface Request<T> {
    T send() throws IOException;
  }

  <T> T run(String action, Location location, Request<T> request) {
    Attempts attempts = start(action, location);
    while (true) {
      try {
        T response = attempts.attempt(request);
        reached();
        return response;
      } catch (IOException e) {
        attempts.failed(e);
      }
    }
  }

  /** Runs a request that tells of an object; empty if there is none. */
  <T> Optional<T> find(Location location, Request<T> request) {
    return run(
        "read",
        location,
        () -> {
          try {
            return Optional.of(request.send());
          } catch (HttpResponseException e) {
            if (e.getStatusCode() == HttpStatusCodes.STATUS_CODE_NOT_FOUND) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  /** One that gives up sooner, for what may as well be left undone. */
  Retrier within(Duration time) {
    return new Retrier(retries.within(time), clock, failures, watch);
  }

  Attempts start(String action, Location location) {
    return new Attempts(this, action, location);
  }

  /** The host responded. */
  void reached() {
    reached = true;
    watch.responded();
  }

  SilenceWatch watch() {
    return watch;
  }

  /** How long nothing may arrive until a request is given up. */
  Duration longestWait() {
    return retries.unavailable().plus(retries.readTimeout());
  }

  GcsFailures failures() {
    return failures;
  }

  RetryClock clock() {
    return clock;
  }

  Duration delay(int tries) {
    return retries.delay(tries, clock.chance());
  }

  /** A host that responded before has a passing problem, and no wrong name. */
  Duration limit(Trouble trouble, IOException error) {
    reached |= Trouble.status(error) > 0;
    return trouble == Trouble.UNREACHABLE && !reached
        ? retries.unreachable()
        : retries.unavailable();
  }
}
