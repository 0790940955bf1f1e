package dev.alexnet.ops.launch.life;

import static java.util.Objects.requireNonNull;

import dev.alexnet.ops.launch.Preview;
import dev.alexnet.ops.launch.policy.NextStep;
import dev.alexnet.ops.launch.policy.RetryPolicy;
import dev.alexnet.ops.launch.record.Attempt;
import dev.alexnet.ops.launch.record.LaunchRecord;
import java.time.Instant;
import java.util.List;
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
    Attempt living = record.living().orElseThrow();
    AttemptWatch.Sight sight = watch.look(living, record.policy(), null, now);
    if (sight.attempt().hasEnded()) {
      LaunchRecord ended = record.replacing(sight.attempt());
      if (policy.next(ended, now) instanceof NextStep.Fail fail) {
        throw fail.failure();
      }
      return ofEnded(ended, asked, now);
    }
    List<String> differences = asked.differencesFrom(record);
    if (!differences.isEmpty()) {
      throw RunOpening.differs(
          living.job() + " of the run " + record.run() + " lives", differences);
    }
    return sight.report().isPresent() || living.wasAccepted()
        ? Preview.nothing(living.job() + " lives, and a launch attaches to it")
        : Preview.of(DueAttempt.unsubmitted(record, living, now));
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
