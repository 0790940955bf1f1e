package dev.alexnet.ops.launch.life;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.clock.SleepingClock;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.ops.console.ElapsedTime;
import dev.alexnet.ops.launch.policy.EndWords;
import dev.alexnet.ops.launch.policy.NextStep;
import dev.alexnet.ops.launch.policy.RetryPolicy;
import dev.alexnet.ops.launch.record.Attempt;
import dev.alexnet.ops.launch.record.LaunchRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Decides what a launch means for a run that was perhaps launched before. */
final class RunOpening {
  private final RunJournal journal;
  private final AttemptWatch watch;
  private final Follower follower;
  private final RetryPolicy policy;
  private final RunAnnouncer announcer;
  private final SleepingClock clock;

  RunOpening(
      RunJournal journal,
      AttemptWatch watch,
      Follower follower,
      RetryPolicy policy,
      RunAnnouncer announcer,
      SleepingClock clock) {
    this.journal = requireNonNull(journal, "journal is null");
    this.watch = requireNonNull(watch, "watch is null");
    this.follower = requireNonNull(follower, "follower is null");
    this.policy = requireNonNull(policy, "policy is null");
    this.announcer = requireNonNull(announcer, "announcer is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  private enum Opening {
    OPEN,
    DECLINED,
    /** Another terminal has changed the record. */
    OVERTAKEN
  }

  /**
   * Attaches to the attempt that lives, or begins one, or leaves a run alone that has succeeded.
   *
   * @return whether the run may be followed; false if an attempt was due and declined
   * @throws Failure of kind OUTPUT_EXISTS if something else was asked for than lives or succeeded
   */
  boolean open(LaunchOrder order) {
    Opening opening = Opening.OVERTAKEN;
    while (opening == Opening.OVERTAKEN) {
      opening = journal.record().living().isPresent() ? attach(order) : begin(order);
    }
    return opening == Opening.OPEN;
  }

  private Opening attach(LaunchOrder order) {
    Attempt living = journal.record().living().orElseThrow();
    Instant now = clock.instant();
    Found found;
    try {
      found = Found.of(watch, journal.record(), order.asked(), now);
    } catch (Failure e) {
      boolean isOutage = e.kind() == Failure.Kind.REMOTE && living.wasAccepted();
      if (!isOutage || !order.asked().differencesFrom(journal.record()).isEmpty()) {
        throw e;
      }
      // Whoever follows it waits for the service for a while.
      return attached(living);
    }
    if (found.attempt().hasEnded()) {
      return ended(living, found, now);
    }
    return found.isUnsubmitted() ? agreedTo(living, order, now) : attached(living);
  }

  private Opening ended(Attempt living, Found found, Instant now) {
    found.sight().report().ifPresent(report -> announcer.events(living, report));
    if (journal.write(living, found.attempt())) {
      announcer.ended(found.attempt());
      found.throwIfLast(policy.next(journal.record(), now));
    }
    return Opening.OVERTAKEN;
  }

  private Opening attached(Attempt living) {
    announcer.note("Attached to " + living.job() + ", which was launched before");
    return Opening.OPEN;
  }

  private Opening agreedTo(Attempt living, LaunchOrder order, Instant now) {
    announcer.note(
        "%s was recorded at %s, but Batch does not know it yet"
            .formatted(living.job(), living.times().recorded().truncatedTo(ChronoUnit.SECONDS)));
    if (!order.consent().isGiven(DueAttempt.unsubmitted(journal.record(), living, now))) {
      return Opening.DECLINED;
    }
    if (now.isBefore(living.times().recorded().plus(Follower.OTHERS_TURN))) {
      announcer.note(
          "Waiting until a minute has passed since then, because another terminal may be submitting it");
    }
    return Opening.OPEN;
  }

  /**
   * What a launch finds of an attempt that lives by its record.
   *
   * @param attempt as it is now known
   * @param isUnsubmitted whether it was recorded and perhaps not submitted: its terminal was
   *     killed, or is about to submit it, or could not reach the service
   * @param isAsked whether just this attempt is asked for, so that its end is that of the launch
   */
  record Found(AttemptWatch.Sight sight, Attempt attempt, boolean isUnsubmitted, boolean isAsked) {

    /**
     * @throws Failure of kind OUTPUT_EXISTS if it lives with other settings; INTERRUPTED if it was
     *     cancelled, and another terminal may still be submitting it
     */
    static Found of(AttemptWatch watch, LaunchRecord record, LaunchRecord asked, Instant now) {
      Attempt living = record.living().orElseThrow();
      List<String> differences = asked.differencesFrom(record);
      AttemptWatch.Sight sight = watch.look(living, record.policy(), null, now);
      boolean isUnsubmitted = sight.report().isEmpty() && !living.wasAccepted();
      boolean isCancelled = isUnsubmitted && living.stopReason() != null;
      boolean isGivenUp = sight.report().isEmpty() && (isCancelled || !differences.isEmpty());
      Attempt attempt =
          isGivenUp && Cancellation.isAbandoned(living, now)
              ? living.endedAt(now, Cancellation.abandoned(living))
              : sight.attempt();
      if (!attempt.hasEnded() && !differences.isEmpty()) {
        throw differs(living.job() + " of the run " + record.run() + " lives", differences);
      }
      if (!attempt.hasEnded() && isCancelled) {
        throw new Failure(
            Failure.Kind.INTERRUPTED,
            "%s was cancelled before Batch knew it. Launch the run %s again in %s, when no terminal can be submitting it any more"
                .formatted(
                    living.job(),
                    record.run(),
                    ElapsedTime.text(Cancellation.timeToAbandon(living, now))));
      }
      return new Found(
          sight, attempt, isUnsubmitted, differences.isEmpty() && living.wasAccepted());
    }

    /**
     * If it has ended since somebody looked, that is told as if this terminal had watched it. No
     * other attempt follows unasked.
     */
    void throwIfLast(NextStep next) {
      if (isAsked && next instanceof NextStep.Fail fail) {
        throw fail.failure();
      }
    }
  }

  private Opening begin(LaunchOrder order) {
    LaunchRecord before = journal.record();
    LaunchRecord asked = before.launchedAs(order.asked());
    Optional<DueAttempt> due = DueAttempt.of(policy, before, asked, clock.instant());
    if (due.isEmpty()) {
      refuseOtherJobFile(before, asked);
      return Opening.OPEN;
    }
    before
        .latest()
        .ifPresent(
            last ->
                announcer.note(
                    "The run goes on after %s (%s)"
                        .formatted(last.job(), EndWords.of(last.end()))));
    if (!order.consent().isGiven(due.get().proposal())) {
      return Opening.DECLINED;
    }
    return follower.begin(asked, due.get().step(), due.get().launch())
        ? Opening.OPEN
        : Opening.OVERTAKEN;
  }

  /** Of a run that has succeeded. */
  static void refuseOtherJobFile(LaunchRecord record, LaunchRecord asked) {
    if (!asked.work().jobFile().equals(record.work().jobFile())) {
      throw differs(
          "The run " + record.run() + " has succeeded",
          asked.work().differencesFrom(record.work()));
    }
  }

  private static Failure differs(String what, List<String> differences) {
    return new Failure(
        Failure.Kind.OUTPUT_EXISTS,
        what
            + " with other settings than these. It has\n  "
            + String.join("\n  ", differences)
            + "\nGive the settings that it has, or another run name");
  }
}
