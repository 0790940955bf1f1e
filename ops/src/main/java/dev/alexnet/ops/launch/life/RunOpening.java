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
    List<String> differences = order.asked().differencesFrom(journal.record());
    if (differences.isEmpty()) {
      return living.wasAccepted()
          ? attachedUnlessEnded(living)
          : submittedOrAgreedTo(living, order);
    }
    Instant now = clock.instant();
    AttemptWatch.Sight sight = watch.look(living, journal.record().policy(), null, now);
    Attempt after = sight.attempt();
    if (sight.report().isEmpty() && Cancellation.isAbandoned(living, now)) {
      after = living.endedAt(now, Cancellation.abandoned(living));
    }
    if (!after.hasEnded()) {
      throw differs(living.job() + " of the run " + journal.record().run() + " lives", differences);
    }
    journal.write(living, after);
    return Opening.OVERTAKEN;
  }

  /**
   * If it has ended since somebody looked, that is shown as if this terminal had watched it; but no
   * other attempt follows unasked.
   */
  private Opening attachedUnlessEnded(Attempt living) {
    Instant now = clock.instant();
    AttemptWatch.Sight sight;
    try {
      sight = watch.look(living, journal.record().policy(), null, now);
    } catch (Failure e) {
      if (e.kind() != Failure.Kind.REMOTE) {
        throw e;
      }
      // Whoever follows it waits for the service for a while.
      return attached(living);
    }
    if (!sight.attempt().hasEnded()) {
      return attached(living);
    }
    sight.report().ifPresent(report -> announcer.events(living, report));
    if (journal.write(living, sight.attempt())) {
      announcer.ended(sight.attempt());
      if (policy.next(journal.record(), now) instanceof NextStep.Fail fail) {
        throw fail.failure();
      }
    }
    return Opening.OVERTAKEN;
  }

  private Opening attached(Attempt living) {
    announcer.note("Attached to " + living.job() + ", which was launched before");
    return Opening.OPEN;
  }

  /**
   * An attempt that was recorded and perhaps not submitted: its terminal was killed, or is about to
   * submit it, or could not reach the service. This terminal does not submit it unasked.
   */
  private Opening submittedOrAgreedTo(Attempt living, LaunchOrder order) {
    Instant now = clock.instant();
    AttemptWatch.Sight sight = watch.look(living, journal.record().policy(), null, now);
    if (sight.report().isPresent()) {
      return attached(living);
    }
    if (living.stopReason() != null) {
      return endedBeforeItsSubmission(living, now);
    }
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

  /** Somebody has cancelled it, and did not wait until nobody could submit it any more. */
  private Opening endedBeforeItsSubmission(Attempt living, Instant now) {
    if (!Cancellation.isAbandoned(living, now)) {
      throw new Failure(
          Failure.Kind.INTERRUPTED,
          "%s was cancelled before Batch knew it. Launch the run %s again in %s, when no terminal can be submitting it any more"
              .formatted(
                  living.job(),
                  journal.record().run(),
                  ElapsedTime.text(Cancellation.timeToAbandon(living, now))));
    }
    journal.write(living, living.endedAt(now, Cancellation.abandoned(living)));
    return Opening.OVERTAKEN;
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

  static Failure differs(String what, List<String> differences) {
    return new Failure(
        Failure.Kind.OUTPUT_EXISTS,
        what
            + " with other settings than these. It has\n  "
            + String.join("\n  ", differences)
            + "\nGive the settings that it has, or another run name");
  }
}
