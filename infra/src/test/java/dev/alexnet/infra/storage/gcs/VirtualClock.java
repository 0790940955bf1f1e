package dev.alexnet.infra.storage.gcs;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that waits in no time, for tests. */
final class VirtualClock implements RetryClock {
  private final AtomicLong now = new AtomicLong();

  @Override
  public long nanoTime() {
    return now.get();
  }

  @Override
  public void sleep(Duration duration) {
    now.addAndGet(duration.toNanos());
  }

  /** The longest delays. */
  @Override
  public double chance() {
    return 1;
  }

  Duration time() {
    return Duration.ofNanos(now.get());
  }
}
