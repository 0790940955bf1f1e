package dev.alexnet.ops.launch.life;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.batch.BatchJobs;
import dev.alexnet.infra.clock.SleepingClock;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.ops.launch.record.Attempt;
import dev.alexnet.ops.launch.record.LaunchRecordFile;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Cancels what lives of a run. */
final class RunCanceller {
  private final BatchJobs jobs;
  private final ObjectStore store;
  private final SleepingClock clock;

  RunCanceller(BatchJobs jobs, ObjectStore store, SleepingClock clock) {
    this.jobs = requireNonNull(jobs, "jobs is null");
    this.store = requireNonNull(store, "store is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Cancels the attempt that lives, if one does, and waits until it has ended.
   *
   * @throws dev.alexnet.infra.failure.Failure of kind INPUT_MISSING if the run was never launched;
   *     of kind INTERRUPTED if this process shall stop before the attempt has ended
   */
  CancelResult cancel(RunPlaces places, Progress progress, BooleanSupplier interrupted) {
    RunJournal journal = RunJournal.open(new LaunchRecordFile(store, places.launchRecord()));
    AttemptWatch watch = new AttemptWatch(jobs, new AttemptFiles(store, places.attempts()));
    RunAnnouncer announcer = new RunAnnouncer(progress, store, places);
    Optional<Attempt> ended = new Cancellation(journal, watch, announcer, clock).run(interrupted);
    return CancelResult.of(ended, journal.record());
  }
}
