package dev.alexnet.ops.launch.life;

import dev.alexnet.infra.clock.SleepingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock that passes time at once, and lets things happen at their time. */
public final class VirtualTime implements SleepingClock {
  static final Instant START = Instant.parse("2026-01-02T00:00:00Z");

  /** Longer than any test waits, so that a loop without an end ends. */
  private static final Duration LONGEST = Duration.ofDays(30);

  private record Due(Instant time, int order, Runnable what) {}

  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparing(Due::time).thenComparing(Due::order));
  private Instant now = START;
  private int orders;

  /** Lets something happen at a time after the start. */
  public void at(Duration time, Runnable what) {
    due.add(new Due(START.plus(time), orders++, what));
  }

  /** Lets something happen some time from now. */
  public void in(Duration time, Runnable what) {
    due.add(new Due(now.plus(time), orders++, what));
  }

  Duration passed() {
    return Duration.between(START, now);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public void sleep(Duration duration) {
    Instant until = now.plus(duration);
    while (!due.isEmpty() && !due.peek().time().isAfter(until)) {
      Due next = due.poll();
      now = next.time().isAfter(now) ? next.time() : now;
      next.what().run();
    }
    now = until;
    if (passed().compareTo(LONGEST) > 0) {
      throw new AssertionError("Nothing ended within " + LONGEST);
    }
  }
}
