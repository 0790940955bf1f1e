package dev.alexnet.infra.lock;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.settings.Problems;
import java.time.Duration;

/**
 * How long a lease is valid, and who asks for it.
 *
 * @param duration how long a contender watches a lease that does not change before it takes over
 * @param self the process that asks
 */
record LeaseTerms(Duration duration, Ticker ticker, ProcessIdentity self) {
  /**
   * Long enough for a lost request, its retry and a pause of the garbage collector between two
   * renewals; short enough that a Spot machine that replaces another loses only seconds.
   */
  private static final Duration DURATION = Duration.ofSeconds(30);

  LeaseTerms {
    requireNonNull(ticker, "ticker is null");
    requireNonNull(self, "self is null");
    new Problems("lease")
        .require(
            duration != null && duration.toMillis() >= 10,
            "its duration is %s; it must be at least 10 ms",
            duration)
        .throwIfAny();
  }

  static LeaseTerms standard() {
    return new LeaseTerms(DURATION, new SystemTicker(), ProcessIdentity.current());
  }

  /** How often the holder renews the lease. */
  Duration renewal() {
    return duration.dividedBy(3);
  }

  /**
   * How long the holder trusts its last renewal. The rest of the duration is for a request that is
   * under way, and for clocks that do not run equally fast.
   */
  Duration trust() {
    return duration.multipliedBy(2).dividedBy(3);
  }

  /** How often a contender looks at the lease. */
  Duration look() {
    return duration.dividedBy(10);
  }
}
