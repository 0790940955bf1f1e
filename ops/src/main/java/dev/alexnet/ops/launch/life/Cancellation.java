package dev.alexnet.ops.launch.life;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.clock.SleepingClock;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.ops.console.ElapsedTime;
import dev.alexnet.ops.launch.policy.JobReport;
import dev.alexnet.ops.launch.record.Attempt;
import dev.alexnet.ops.launch.record.AttemptEnd;
import dev.alexnet.ops.launch.record.EndCause;
import dev.alexnet.ops.launch.record.StopReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Cancels the attempt of a run that lives, and waits until it has ended. */
final class Cancellation {
  private final RunJournal journal;
  private final AttemptWatch watch;
  private final RunAnnouncer announcer;
  private final SleepingClock clock;
  private boolean waiting;

  Cancellation(
      RunJournal journal, AttemptWatch watch, RunAnnouncer announcer, SleepingClock clock) {
    this.journal = requireNonNull(journal, "journal is null");
    this.watch = requireNonNull(watch, "watch is null");
    this.announcer = requireNonNull(announcer, "announcer is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * @param interrupted whether to wait no longer
   * @return the attempt, which has ended; empty if none lived
   * @throws Failure of kind INTERRUPTED if it is interrupted; the cancellation goes on
   */
  Optional<Attempt> run(BooleanSupplier interrupted) {
    Optional<Attempt> lived = journal.record().living();
    PollPace pace = new PollPace(clock, interrupted);
    while (journal.record().living().isPresent()) {
      Attempt living = journal.record().living().get();
      Attempt stopping = living.stoppedFor(StopReason.USER);
      if (journal.write(living, stopping) && !hasEnded(stopping)) {
        if (interrupted.getAsBoolean()) {
          throw new Failure(
              Failure.Kind.INTERRUPTED,
              "The cancellation of %s was asked for, and goes on; 'alexnet status %s' shows when it has ended"
                  .formatted(living.job(), journal.record().run()));
        }
        pace.await();
      }
    }
    return lived.flatMap(attempt -> journal.record().latest());
  }

  private boolean hasEnded(Attempt stopping) {
    Instant now = clock.instant();
    AttemptWatch.Sight sight = watch.look(stopping, journal.record().policy(), null, now);
    Attempt after = sight.attempt();
    Optional<JobReport> report = sight.report();
    report.ifPresent(seen -> announcer.events(stopping, seen));
    if (report.isEmpty() && isAbandoned(stopping, now)) {
      after = stopping.endedAt(now, abandoned(stopping));
    } else if (report.isEmpty() && !waiting) {
      waiting = true;
      announcer.note(
          "Batch does not know %s. Waiting for at most %s, because another terminal may be submitting it"
              .formatted(stopping.job(), ElapsedTime.text(timeToAbandon(stopping, now))));
    }
    if (!journal.write(stopping, after)) {
      return true;
    }
    if (!after.hasEnded() && report.isPresent()) {
      watch.stop(sight);
    }
    return after.hasEnded();
  }

  /** Whether the service does not know it, and no terminal is about to submit it. */
  static boolean isAbandoned(Attempt attempt, Instant now) {
    return timeToAbandon(attempt, now).isNegative();
  }

  /** How long it may still become known; negative if it is abandoned. */
  static Duration timeToAbandon(Attempt attempt, Instant now) {
    Instant last = attempt.wasAccepted() ? attempt.times().queued() : attempt.times().recorded();
    return Duration.between(now, last.plus(AttemptWatch.LAG));
  }

  /** How an attempt ended that {@link #isAbandoned}. */
  static AttemptEnd abandoned(Attempt attempt) {
    return attempt.wasAccepted()
        ? AttemptEnd.of(EndCause.CANCELLED, "Batch no longer knows the job")
        : AttemptEnd.of(EndCause.NOT_SUBMITTED, "");
  }
}
