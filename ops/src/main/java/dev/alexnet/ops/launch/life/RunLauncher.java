package dev.alexnet.ops.launch.life;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.batch.BatchJobs;
import dev.alexnet.infra.clock.SleepingClock;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.ops.launch.policy.RetryPolicy;
import dev.alexnet.ops.launch.record.LaunchRecordFile;
import java.util.function.BooleanSupplier;

/**
 * Launches a run, or goes on with one: attaches to an attempt that lives, continues after one that
 * ended, and follows until the run has succeeded or nothing more can be done.
 */
final class RunLauncher {
  private final BatchJobs jobs;
  private final ObjectStore store;
  private final SleepingClock clock;

  RunLauncher(BatchJobs jobs, ObjectStore store, SleepingClock clock) {
    this.jobs = requireNonNull(jobs, "jobs is null");
    this.store = requireNonNull(store, "store is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * @param specifications what the run's attempts are
   * @param progress is told what happens
   * @param interrupted whether this process shall stop
   * @throws dev.alexnet.infra.failure.Failure of kind OUTPUT_EXISTS if the run is another one than
   *     was asked for; of kind INTERRUPTED if the process shall stop, and the run goes on by
   *     itself; of the kind of the last attempt's failure if no other one is made
   */
  LaunchResult launch(
      LaunchOrder order,
      RunPlaces places,
      JobSpecifications specifications,
      Progress progress,
      BooleanSupplier interrupted) {
    RunJournal journal =
        RunJournal.openOrCreate(new LaunchRecordFile(store, places.launchRecord()), order.asked());
    AttemptWatch watch = new AttemptWatch(jobs, new AttemptFiles(store, places.attempts()));
    Submission submission =
        new Submission(jobs, specifications, () -> store.write(places.jobFile(), order.jobFile()));
    RunAnnouncer announcer = new RunAnnouncer(progress, store, places);
    Follower follower = new Follower(journal, watch, submission, announcer, clock);
    RetryPolicy policy = new RetryPolicy(specifications::hourlyPrice);
    if (!new RunOpening(journal, watch, follower, policy, announcer, clock).open(order)) {
      return new LaunchResult(LaunchResult.How.DECLINED, journal.record());
    }
    Cancellation cancellation = new Cancellation(journal, watch, announcer, clock);
    return new FollowedRun(journal, follower, policy, cancellation, announcer, clock)
        .follow(order, interrupted);
  }
}
