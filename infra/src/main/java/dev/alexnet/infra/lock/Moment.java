package dev.alexnet.infra.lock;

import java.time.Duration;
import java.time.Instant;

/** A moment on one machine, on both of its clocks. */
record Moment(Instant wall, long monotonic) {
  static Moment now(Ticker ticker) {
    return new Moment(ticker.wall(), ticker.monotonic());
  }

  /**
   * How much time may have passed since then: the larger of both clocks' answers, because one
   * stands still while the machine is suspended, and the other may be set back.
   */
  Duration atMostUntil(Moment later) {
    Duration byWall = Duration.between(wall, later.wall);
    Duration byMonotonic = atLeastUntil(later);
    return byWall.compareTo(byMonotonic) > 0 ? byWall : byMonotonic;
  }

  /** How much time has certainly passed since then. */
  Duration atLeastUntil(Moment later) {
    return Duration.ofNanos(later.monotonic - monotonic);
  }
}
