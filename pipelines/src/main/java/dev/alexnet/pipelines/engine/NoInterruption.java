package dev.alexnet.pipelines.engine;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** There is no request, ever. */
final class NoInterruption implements Interruption {
  @Override
  public boolean isRequested() {
    return false;
  }

  @Override
  public boolean await(Duration most) {
    LockSupport.parkNanos(most.toNanos());
    return false;
  }

  @Override
  public <T> T heededBy(Supplier<T> work) {
    return work.get();
  }
}
