package dev.alexnet.ops.launch.life;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.ops.launch.Proposal;
import dev.alexnet.ops.launch.policy.NextStep;
import dev.alexnet.ops.launch.policy.RetryPolicy;
import dev.alexnet.ops.launch.record.Attempt;
import dev.alexnet.ops.launch.record.LaunchRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a launch submits of a run of which no attempt lives.
 *
 * @param launch that the attempt belongs to
 * @param proposal for whoever pays for it
 */
record DueAttempt(NextStep.Submit step, int launch, Proposal proposal) {
  DueAttempt {
    requireNonNull(step, "step is null");
    requireNonNull(proposal, "proposal is null");
  }

  /**
   * @param before the record of the run
   * @param asked the same as it is launched now
   * @return empty if the run has succeeded
   * @throws Failure if no attempt follows
   */
  static Optional<DueAttempt> of(
      RetryPolicy policy, LaunchRecord before, LaunchRecord asked, Instant now) {
    NextStep next = policy.next(asked, now);
    boolean anew = next instanceof NextStep.Fail && before.latest().isPresent();
    if (anew) {
      NextStep.Fail last = (NextStep.Fail) next;
      if (last.isFinal() && asked.work().equals(before.work())) {
        throw last.failure();
      }
      next = policy.fresh(asked, now);
    }
    if (next instanceof NextStep.Fail fail) {
      throw fail.failure();
    }
    return next instanceof NextStep.Submit step
        ? Optional.of(
            new DueAttempt(
                step,
                anew ? before.launch() + 1 : Math.max(1, before.launch()),
                proposal(before, before.attempts().size() + 1, step, now)))
        : Optional.empty();
  }

  /** An attempt that was recorded, and that the service does not know. */
  static Proposal unsubmitted(LaunchRecord record, Attempt attempt, Instant now) {
    Optional<Duration> longest =
        Optional.ofNullable(attempt.longestSeconds()).map(Duration::ofSeconds);
    return proposal(record, attempt.number(), new NextStep.Submit(attempt.offer(), longest), now);
  }

  private static Proposal proposal(
      LaunchRecord record, int number, NextStep.Submit step, Instant now) {
    return new Proposal(
        number, step.offer(), step.longest(), number == 1 ? "" : record.usageUntil(now).toString());
  }
}
