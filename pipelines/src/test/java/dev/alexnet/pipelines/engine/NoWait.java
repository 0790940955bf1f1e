package dev.alexnet.pipelines.engine;

import java.time.Duration;
import java.util.function.Supplier;

/** Nobody interrupts, and no time passes. */
final class NoWait implements Interruption {
  @Override
  public boolean isRequested() {
    return false;
  }

  @Override
  public boolean await(Duration most) {
    return false;
  }

  @Override
  public <T> T heededBy(Supplier<T> work) {
    return work.get();
  }
}
