package dev.alexnet.infra.testing;

import dev.alexnet.infra.clock.SleepingClock;
import java.time.Duration;
import java.time.Instant;

/** A clock on which time passes only where somebody sleeps or a test says so, and then at once. */
public final class PassingClock implements SleepingClock {
  private Instant now;

  public PassingClock(Instant start) {
    this.now = start;
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public synchronized void sleep(Duration duration) {
    now = now.plus(duration);
  }
}
