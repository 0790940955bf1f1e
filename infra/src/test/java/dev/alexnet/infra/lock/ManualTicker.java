package dev.alexnet.infra.lock;

import java.time.Duration;
import java.time.Instant;

/** The clocks of a machine, which move only when they are told to. */
final class ManualTicker implements Ticker {
  private Instant wall;
  private long monotonic;
  private Runnable duringPause = () -> {};

  ManualTicker(String wall) {
    this.wall = Instant.parse(wall);
  }

  @Override
  public Instant wall() {
    return wall;
  }

  @Override
  public long monotonic() {
    return monotonic;
  }

  @Override
  public void pause(Duration duration) {
    pass(duration);
    duringPause.run();
  }

  /** What happens elsewhere in each pause. */
  void duringPauses(Runnable action) {
    duringPause = action;
  }

  void pass(Duration duration) {
    monotonic += duration.toNanos();
    wall = wall.plus(duration);
  }

  /** Suspended, or set to another time. */
  void moveWall(Duration duration) {
    wall = wall.plus(duration);
  }

  Duration passed() {
    return Duration.ofNanos(monotonic);
  }
}
