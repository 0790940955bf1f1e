package dev.alexnet.infra.batch;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import dev.alexnet.infra.clock.SleepingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Makes requests, and makes one again while the service is unavailable or too busy, for at most
 * {@value #LONGEST_SECONDS} seconds. The library repeats only requests that read.
 */
final class BatchRequests {
  static final int LONGEST_SECONDS = 60;

  private static final Set<StatusCode.Code> PASSING =
      Set.of(
          StatusCode.Code.UNAVAILABLE,
          StatusCode.Code.DEADLINE_EXCEEDED,
          StatusCode.Code.RESOURCE_EXHAUSTED);

  private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(16);

  /** How long a request may be repeated in silence. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final BatchFailures failures;
  private final SleepingClock clock;
  private final Consumer<String> notices;

  /**
   * @param notices is told, once for each request, of a service that stays unavailable
   */
  BatchRequests(BatchFailures failures, SleepingClock clock, Consumer<String> notices) {
    this.failures = failures;
    this.clock = clock;
    this.notices = notices;
  }

  /**
   * @param request may be made several times; it must have the same effect as once
   * @throws ApiException if the service refuses it
   * @throws dev.alexnet.infra.failure.Failure of kind REMOTE if it stays unavailable
   */
  <T> T make(BatchAction action, String job, Supplier<T> request) {
    Instant begin = clock.instant();
    Duration delay = FIRST_DELAY;
    boolean told = false;
    for (int tries = 1; ; tries++) {
      try {
        return request.get();
      } catch (ApiException e) {
        if (!PASSING.contains(e.getStatusCode().getCode())) {
          throw e;
        }
        Duration spent = Duration.between(begin, clock.instant());
        if (spent.plus(delay).compareTo(Duration.ofSeconds(LONGEST_SECONDS)) > 0) {
          throw failures.unavailable(
              action, job, e, "tried %d times in %d s".formatted(tries, spent.toSeconds()));
        }
        if (!told && spent.compareTo(PATIENCE) >= 0) {
          told = true;
          notices.accept(
              "Batch does not answer (%s); trying again for at most %d s"
                  .formatted(e.getStatusCode().getCode(), LONGEST_SECONDS - spent.toSeconds()));
        }
        pause(delay);
        delay =
            delay.multipliedBy(2).compareTo(LONGEST_DELAY) < 0
                ? delay.multipliedBy(2)
                : LONGEST_DELAY;
      }
    }
  }

  void pause(Duration duration) {
    try {
      clock.sleep(duration);
    } catch (InterruptedException e) {
      throw BatchFailures.interrupted(e);
    }
  }
}
