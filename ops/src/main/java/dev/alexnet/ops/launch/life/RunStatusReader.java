package dev.alexnet.ops.launch.life;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.batch.BatchJobs;
import dev.alexnet.infra.clock.SleepingClock;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.ops.launch.life.RunStatus.AttemptStatus;
import dev.alexnet.ops.launch.record.Attempt;
import dev.alexnet.ops.launch.record.EndCause;
import dev.alexnet.ops.launch.record.LaunchRecord;
import dev.alexnet.ops.launch.record.LaunchRecordFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tells how runs are. It changes nothing, so that it needs no permission to write. */
final class RunStatusReader {
  private final BatchJobs jobs;
  private final ObjectStore store;
  private final SleepingClock clock;

  RunStatusReader(BatchJobs jobs, ObjectStore store, SleepingClock clock) {
    this.jobs = requireNonNull(jobs, "jobs is null");
    this.store = requireNonNull(store, "store is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * @throws dev.alexnet.infra.failure.Failure of kind INPUT_MISSING if the run was never launched
   */
  RunStatus read(RunPlaces places) {
    LaunchRecord record =
        RunJournal.open(new LaunchRecordFile(store, places.launchRecord())).record();
    AttemptWatch watch = new AttemptWatch(jobs, new AttemptFiles(store, places.attempts()));
    Instant now = clock.instant();
    LaunchRecord seen = record;
    List<AttemptStatus> attempts = new ArrayList<>();
    for (Attempt recorded : record.attempts()) {
      if (recorded.hasEnded()) {
        attempts.add(status(recorded, "", now));
        continue;
      }
      AttemptWatch.Sight sight = watch.look(recorded, record.policy(), null, now);
      String state = sight.report().map(report -> word(report.state())).orElse(absence(recorded));
      seen = record.replacing(sight.attempt());
      attempts.add(status(sight.attempt(), state, now));
    }
    return new RunStatus(
        record.run(),
        places.workdir().value(),
        attempts.isEmpty() ? "none" : attempts.get(attempts.size() - 1).state(),
        seen.usageUntil(now),
        new TrainingProgress(store, places.trainings()).latest().orElse(null),
        attempts);
  }

  /** The state of a job that the service does not know. */
  private static String absence(Attempt attempt) {
    return word(attempt.wasAccepted() ? EndCause.UNKNOWN : EndCause.NOT_SUBMITTED);
  }

  private static AttemptStatus status(Attempt attempt, String state, Instant now) {
    return new AttemptStatus(
        attempt.number(),
        attempt.job(),
        attempt.offer(),
        attempt.hasEnded() ? word(attempt.end().cause()) : state,
        attempt.waitedUntil(now).toSeconds(),
        attempt.times().runningUntil(now).toSeconds(),
        attempt.usageUntil(now),
        attempt.end());
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
