package dev.alexnet.ops.launch.life;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.clock.SleepingClock;
import dev.alexnet.infra.failure.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** How often a job is looked at: more often while much happens. */
final class PollPace {
  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration LATER = Duration.ofSeconds(30);
  private static final Duration LIVELY = Duration.ofMinutes(1);

  /** How soon an interruption is heeded. */
  private static final Duration SLICE = Duration.ofSeconds(1);

  private final SleepingClock clock;
  private final BooleanSupplier interrupted;
  private Instant changed;

  PollPace(SleepingClock clock, BooleanSupplier interrupted) {
    this.clock = requireNonNull(clock, "clock is null");
    this.interrupted = requireNonNull(interrupted, "interrupted is null");
    this.changed = clock.instant();
  }

  /** Something has happened, and more may follow soon. */
  void quicken() {
    changed = clock.instant();
  }

  /** Waits for the next look, or until this process shall stop. */
  void await() {
    boolean lively = Duration.between(changed, clock.instant()).compareTo(LIVELY) < 0;
    Instant next = clock.instant().plus(lively ? FIRST : LATER);
    try {
      while (!interrupted.getAsBoolean() && clock.instant().isBefore(next)) {
        clock.sleep(SLICE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(
          Failure.Kind.INTERRUPTED, "The wait for the job was interrupted; the job goes on", e);
    }
  }
}
