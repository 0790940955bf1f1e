package dev.alexnet.ops.launch.life;

import static java.util.Objects.requireNonNull;

import dev.alexnet.ops.launch.Preview;
import dev.alexnet.ops.launch.policy.RetryPolicy;
import dev.alexnet.ops.launch.record.Attempt;
import dev.alexnet.ops.launch.record.LaunchRecord;
import java.time.Instant;
import java.util.Optional;

/** What {@link RunOpening} would do with a run, without doing it. */
final class RunPreview {
  private final AttemptWatch watch;
  private final RetryPolicy policy;

  RunPreview(AttemptWatch watch, RetryPolicy policy) {
    this.watch = requireNonNull(watch, "watch is null");
    this.policy = requireNonNull(policy, "policy is null");
  }

  /**
   * @param record of the run
   * @param asked the record of what is asked for, without attempts
   */
  Preview of(LaunchRecord record, LaunchRecord asked, Instant now) {
    return record.living().isPresent() ? ofLiving(record, asked, now) : ofEnded(record, asked, now);
  }

  private Preview ofLiving(LaunchRecord record, LaunchRecord asked, Instant now) {
    RunOpening.Found found = RunOpening.Found.of(watch, record, asked, now);
    Attempt attempt = found.attempt();
    if (attempt.hasEnded()) {
      LaunchRecord ended = record.replacing(attempt);
      found.throwIfLast(policy.next(ended, now));
      return ofEnded(ended, asked, now);
    }
    return found.isUnsubmitted()
        ? Preview.of(DueAttempt.unsubmitted(record, attempt, now))
        : Preview.nothing(attempt.job() + " lives, and a launch attaches to it");
  }

  private Preview ofEnded(LaunchRecord record, LaunchRecord asked, Instant now) {
    Optional<DueAttempt> due = DueAttempt.of(policy, record, record.launchedAs(asked), now);
    if (due.isPresent()) {
      return Preview.of(due.get().proposal());
    }
    RunOpening.refuseOtherJobFile(record, asked);
    return Preview.nothing("the run " + record.run() + " has succeeded");
  }
}
