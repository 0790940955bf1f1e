package dev.alexnet.infra.lock;

import java.time.Duration;
import java.time.Instant;

/** The time of one machine, as a lease needs it. Times of two machines are never compared. */
interface Ticker {

  /** The time of people, which may jump in both directions. */
  Instant wall();

  /** Nanoseconds from any origin; never jumps, but stands still while the machine is suspended. */
  long monotonic();

  /** Returns after this time, measured by {@link #monotonic()}. */
  void pause(Duration duration) throws InterruptedException;
}
