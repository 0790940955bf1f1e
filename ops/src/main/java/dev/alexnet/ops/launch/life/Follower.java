package dev.alexnet.ops.launch.life;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.clock.SleepingClock;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.ops.launch.policy.JobReport;
import dev.alexnet.ops.launch.policy.NextStep;
import dev.alexnet.ops.launch.record.Attempt;
import dev.alexnet.ops.launch.record.AttemptEnd;
import dev.alexnet.ops.launch.record.EndCause;
import dev.alexnet.ops.launch.record.LaunchRecord;
import java.time.Duration;
import java.time.Instant;

/**
 * Takes a run one step on from whatever its record says. It can be killed between any two lines:
 * what it does is written down before, and doing it again changes nothing.
 */
final class Follower {
  /** How long another terminal may take from recording an attempt to submitting it. */
  static final Duration OTHERS_TURN = Duration.ofMinutes(1);

  private final RunJournal journal;
  private final AttemptWatch watch;
  private final Submission submission;
  private final RunAnnouncer announcer;
  private final SleepingClock clock;

  private Instant absentSince;

  Follower(
      RunJournal journal,
      AttemptWatch watch,
      Submission submission,
      RunAnnouncer announcer,
      SleepingClock clock) {
    this.journal = requireNonNull(journal, "journal is null");
    this.watch = requireNonNull(watch, "watch is null");
    this.submission = requireNonNull(submission, "submission is null");
    this.announcer = requireNonNull(announcer, "announcer is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Records another attempt and submits it, unless another terminal has just changed the record.
   *
   * @param base the record that it is added to
   * @param launch counts the run's launches from 1
   * @return whether it was recorded
   */
  boolean begin(LaunchRecord base, NextStep.Submit step, int launch) {
    int number = base.attempts().size() + 1;
    Attempt attempt = submission.plan(number, launch, step, clock.instant());
    if (!journal.write(base.plus(attempt))) {
      return false;
    }
    submit(attempt);
    return true;
  }

  private void submit(Attempt attempt) {
    absentSince = null;
    Attempt accepted;
    try {
      accepted = submission.submit(attempt);
    } catch (Failure e) {
      if (e.kind() != Failure.Kind.REMOTE && e.kind() != Failure.Kind.INTERRUPTED) {
        // It was refused, so nobody shall submit it later without being asked.
        journal.write(
            attempt,
            attempt.endedAt(
                clock.instant(), AttemptEnd.of(EndCause.NOT_SUBMITTED, e.getMessage())));
      }
      throw e;
    }
    announcer.submitted(attempt, journal.record());
    // If another terminal has changed the record, the next look goes by what it wrote.
    journal.write(attempt, accepted);
  }

  /**
   * Looks once at the living attempt, and does what is due.
   *
   * @return whether something happened, so that more may soon follow
   */
  boolean look() {
    Instant now = clock.instant();
    Attempt attempt = journal.record().living().orElseThrow();
    AttemptWatch.Sight sight = watch.look(attempt, journal.record().policy(), absentSince, now);
    boolean news = sight.report().filter(report -> announcer.events(attempt, report)).isPresent();
    boolean written = journal.write(attempt, sight.attempt());
    // Another terminal may have written first that it has ended.
    Attempt known =
        written ? sight.attempt() : journal.record().attempts().get(attempt.number() - 1);
    if (known.hasEnded()) {
      announcer.ended(known);
    }
    if (known.hasEnded() || !written) {
      return true;
    }
    watch.stop(sight);
    if (sight.report().isEmpty()) {
      absent(attempt, now);
      return true;
    }
    absentSince = null;
    if (sight.report().filter(JobReport::hasRun).isPresent()) {
      announcer.training(journal.record(), now);
    }
    return news;
  }

  private void absent(Attempt attempt, Instant now) {
    absentSince = absentSince == null ? now : absentSince;
    // Another terminal may have ended an attempt of which the service never knew.
    journal.readAgain();
    if (!journal.record().living().filter(attempt::equals).isPresent()) {
      return;
    }
    Instant due = attempt.times().recorded().plus(OTHERS_TURN);
    if (attempt.wasAccepted() || attempt.stopReason() != null || now.isBefore(due)) {
      return;
    }
    // Whoever submits it too, the service makes one job.
    Attempt renewed = submission.renewed(attempt);
    if (journal.write(attempt, renewed)) {
      submit(renewed);
    }
  }
}
