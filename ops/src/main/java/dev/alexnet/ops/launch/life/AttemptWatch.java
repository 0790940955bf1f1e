package dev.alexnet.ops.launch.life;

import static java.util.Objects.requireNonNull;

import com.google.cloud.batch.v1.Job;
import com.google.cloud.batch.v1.JobStatus;
import dev.alexnet.infra.batch.BatchJobs;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.ops.launch.policy.AttemptEnding;
import dev.alexnet.ops.launch.policy.JobReport;
import dev.alexnet.ops.launch.policy.QueuePatience;
import dev.alexnet.ops.launch.record.Attempt;
import dev.alexnet.ops.launch.record.AttemptEnd;
import dev.alexnet.ops.launch.record.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Looks at the job of an attempt, and says what is now known of the attempt. */
final class AttemptWatch {
  /** How long the service may not know a job that it has accepted. */
  static final Duration LAG = Duration.ofMinutes(5);

  private final BatchJobs jobs;
  private final AttemptFiles files;

  AttemptWatch(BatchJobs jobs, AttemptFiles files) {
    this.jobs = requireNonNull(jobs, "jobs is null");
    this.files = requireNonNull(files, "files is null");
  }

  /**
   * What was seen at a moment.
   *
   * @param report empty if the service does not know the job
   * @param attempt as it is now known
   */
  record Sight(Optional<JobReport> report, Attempt attempt) {}

  /**
   * @param attempt that has not ended
   * @param absentSince when the service was first seen not to know the job; null if it was not
   * @throws Failure of kind OUTPUT_EXISTS if the job belongs to an earlier run of this name
   */
  Sight look(Attempt attempt, Policy policy, Instant absentSince, Instant now) {
    Optional<Job> job = jobs.find(attempt.job());
    return job.isPresent()
        ? present(attempt, JobReport.of(job.get()), policy, now)
        : new Sight(Optional.empty(), absent(attempt, absentSince, now));
  }

  private Sight present(Attempt attempt, JobReport report, Policy policy, Instant now) {
    refuseStranger(attempt, report);
    Instant running = report.running().orElse(report.hasRun() ? now : null);
    Attempt seen = attempt.seen(report.created(), running);
    Optional<AttemptEnd> end = AttemptEnding.of(report, seen.stopReason(), policy.maxQueueWait());
    if (end.isPresent()) {
      Instant ended = report.ended();
      return new Sight(Optional.of(report), seen.endedAt(ended, withMessage(seen, end.get())));
    }
    Attempt waiting =
        QueuePatience.of(report, seen, policy, now).map(seen::stoppedFor).orElse(seen);
    return new Sight(Optional.of(report), waiting);
  }

  /** The program says more of its failure than the service does. */
  private AttemptEnd withMessage(Attempt attempt, AttemptEnd end) {
    if (end.exitCode() == null || end.exitCode() == 0) {
      return end;
    }
    List<AttemptFiles.Execution> executions = files.of(attempt.job());
    return executions.isEmpty()
        ? end
        : files
            .outcome(executions.get(executions.size() - 1))
            .filter(outcome -> outcome.exitCode() == end.exitCode() && !outcome.message().isEmpty())
            .map(outcome -> end.withDetail(outcome.message()))
            .orElse(end);
  }

  private static void refuseStranger(Attempt attempt, JobReport report) {
    boolean older = report.created().plus(LAG).isBefore(attempt.times().recorded());
    if (!attempt.wasAccepted() && older) {
      throw new Failure(
          Failure.Kind.OUTPUT_EXISTS,
          "Batch has a job %s since %s, of an earlier run of this name. Give another run name, or delete that job: gcloud batch jobs delete %s"
              .formatted(attempt.job(), report.created(), attempt.job()));
    }
  }

  private static Attempt absent(Attempt attempt, Instant since, Instant now) {
    boolean gone = since != null && Duration.between(since, now).compareTo(LAG) > 0;
    return attempt.wasAccepted() && gone
        ? attempt.endedAt(now, Cancellation.abandoned(attempt))
        : attempt;
  }

  /** Asks for the cancellation of a job that shall stop, unless it is under way. */
  void stop(Sight sight) {
    if (sight.report().isEmpty()) {
      // The service cannot cancel what it does not know.
      return;
    }
    boolean isUnderWay =
        sight
            .report()
            .filter(report -> report.state() == JobStatus.State.CANCELLATION_IN_PROGRESS)
            .isPresent();
    Attempt attempt = sight.attempt();
    if (attempt.stopReason() != null && !attempt.hasEnded() && !isUnderWay) {
      jobs.cancel(attempt.job());
    }
  }
}
