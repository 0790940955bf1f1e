package dev.alexnet.infra.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The time of day, and a way to let it pass. A test's clock passes it at once. */
public interface SleepingClock {

  /** The time of this machine. */
  static SleepingClock system() {
    Clock clock = Clock.systemUTC();
    return new SleepingClock() {
      @Override
      public Instant instant() {
        return clock.instant();
      }

      @Override
      public void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(duration.toMillis());
      }
    };
  }

  Instant instant();

  void sleep(Duration duration) throws InterruptedException;
}
