package dev.alexnet.ops.launch.life;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.clock.SleepingClock;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.ops.launch.life.LaunchResult.How;
import dev.alexnet.ops.launch.policy.NextStep;
import dev.alexnet.ops.launch.policy.RetryPolicy;
import dev.alexnet.ops.launch.record.Attempt;
import dev.alexnet.ops.launch.record.LaunchRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Follows a run until it has succeeded, or nothing more can be done, or somebody interrupts. */
final class FollowedRun {
  /** A watch over night survives a lost connection, and ends if it stays lost. */
  private static final Duration LONGEST_OUTAGE = Duration.ofMinutes(30);

  private final RunJournal journal;
  private final Follower follower;
  private final RetryPolicy policy;
  private final Cancellation cancellation;
  private final RunAnnouncer announcer;
  private final SleepingClock clock;

  private Instant unreachableSince;

  FollowedRun(
      RunJournal journal,
      Follower follower,
      RetryPolicy policy,
      Cancellation cancellation,
      RunAnnouncer announcer,
      SleepingClock clock) {
    this.journal = requireNonNull(journal, "journal is null");
    this.follower = requireNonNull(follower, "follower is null");
    this.policy = requireNonNull(policy, "policy is null");
    this.cancellation = requireNonNull(cancellation, "cancellation is null");
    this.announcer = requireNonNull(announcer, "announcer is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  LaunchResult follow(LaunchOrder order, BooleanSupplier interrupted) {
    PollPace pace = new PollPace(clock, interrupted);
    while (true) {
      Optional<Attempt> living = journal.record().living();
      if (living.isEmpty()) {
        if (goOn(interrupted)) {
          pace.quicken();
          continue;
        }
        return new LaunchResult(How.SUCCEEDED, journal.record());
      }
      if (order.detach() && living.get().wasAccepted()) {
        return new LaunchResult(How.DETACHED, journal.record());
      }
      if (interrupted.getAsBoolean()) {
        return interrupted(order, living.get());
      }
      if (look()) {
        pace.quicken();
      }
      if (journal.record().living().isPresent()) {
        pace.await();
      }
    }
  }

  /**
   * Begins the attempt that follows the last one.
   *
   * @return false if the run has succeeded
   */
  private boolean goOn(BooleanSupplier interrupted) {
    LaunchRecord record = journal.record();
    NextStep next = policy.next(record, clock.instant());
    if (next instanceof NextStep.Fail fail) {
      throw fail.failure();
    }
    if (next instanceof NextStep.Submit step) {
      if (interrupted.getAsBoolean()) {
        throw new Failure(
            Failure.Kind.INTERRUPTED,
            "Stopped before another attempt at the run %s was submitted. Run the same command again to go on"
                .formatted(record.run()));
      }
      follower.begin(record, step, record.launch());
    }
    return next instanceof NextStep.Submit;
  }

  /** Looks at the run; for a while it does not matter if the service cannot be reached. */
  private boolean look() {
    try {
      boolean news = follower.look();
      unreachableSince = null;
      return news;
    } catch (Failure e) {
      Instant now = clock.instant();
      Instant since = unreachableSince == null ? now : unreachableSince;
      if (e.kind() != Failure.Kind.REMOTE
          || Duration.between(since, now).compareTo(LONGEST_OUTAGE) > 0) {
        throw e;
      }
      if (unreachableSince == null) {
        announcer.note("The run goes on, but cannot be seen at the moment: " + e.getMessage());
      }
      unreachableSince = since;
      return false;
    }
  }

  private LaunchResult interrupted(LaunchOrder order, Attempt living) {
    if (!order.cancelOnInterrupt()) {
      String run = journal.record().run();
      throw new Failure(
          Failure.Kind.INTERRUPTED,
          "Detached: %s goes on by itself, and is charged until it ends. Run the same command again to attach; 'alexnet cancel %s' cancels it"
              .formatted(living.job(), run));
    }
    // A second signal does not reach this process.
    cancellation.run(() -> false).ifPresent(announcer::ended);
    return new LaunchResult(How.CANCELLED, journal.record());
  }
}
