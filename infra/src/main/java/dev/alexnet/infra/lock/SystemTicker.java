package dev.alexnet.infra.lock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The time of this machine. */
final class SystemTicker implements Ticker {
  private final Clock clock = Clock.systemUTC();

  @Override
  public Instant wall() {
    return clock.instant();
  }

  @Override
  public long monotonic() {
    return System.nanoTime();
  }

  @Override
  public void pause(Duration duration) throws InterruptedException {
    Thread.sleep(duration.toMillis());
  }
}
