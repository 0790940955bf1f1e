package dev.alexnet.ops.launch.life;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.google.cloud.batch.v1.Job;
import dev.alexnet.infra.batch.BatchJobs;
import dev.alexnet.infra.clock.SleepingClock;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.ops.attempt.AttemptOutcome;
import dev.alexnet.ops.attempt.AttemptStart;
import dev.alexnet.ops.launch.policy.JobReport;
import dev.alexnet.ops.launch.record.Attempt;
import dev.alexnet.ops.launch.record.AttemptEnd;
import dev.alexnet.ops.launch.record.EndCause;
import dev.alexnet.ops.launch.record.LaunchRecord;
import dev.alexnet.ops.launch.record.LaunchRecordFile;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Reads what the attempts at a run showed on their machines. */
public final class RunLogs {
  private final BatchJobs jobs;
  private final ObjectStore store;
  private final SleepingClock clock;

  RunLogs(BatchJobs jobs, ObjectStore store, SleepingClock clock) {
    this.jobs = requireNonNull(jobs, "jobs is null");
    this.store = requireNonNull(store, "store is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * What one attempt showed.
   *
   * @param uid of its job, by which the service's own logs name it; empty if it no longer knows it
   * @param executions of its task; none if it never began
   * @param end null until it is known to have ended
   * @param events of its job, in the service's words
   */
  public record AttemptLog(
      @JsonProperty("attempt") int attempt,
      @JsonProperty("job") String job,
      @JsonProperty("uid") String uid,
      @JsonProperty("end") AttemptEnd end,
      @JsonProperty("executions") List<ExecutionLog> executions,
      @JsonProperty("events") List<String> events) {

    /** Why there is no execution, as a sentence; with a colon if the events say more. */
    public String absence() {
      if (end != null && end.cause() == EndCause.NOT_SUBMITTED) {
        return job + " was not submitted" + (end.detail().isEmpty() ? "" : ": " + end.detail());
      }
      if (uid.isEmpty()) {
        return job + " has shown nothing, and Batch does not know it";
      }
      return job
          + (events.isEmpty()
              ? " has shown nothing, and Batch says nothing of it yet"
              : " has shown nothing. Batch says of it:");
    }
  }

  /**
   * What one process showed.
   *
   * @param start when and where it began
   * @param outcome how it ended; null if it runs, or was killed
   * @param text everything that it showed
   */
  public record ExecutionLog(
      @JsonProperty("start") AttemptStart start,
      @JsonProperty("outcome") AttemptOutcome outcome,
      @JsonProperty("text") String text) {}

  /**
   * @param number of an attempt; 0 for the latest
   * @throws Failure of kind INPUT_MISSING if there is no such attempt
   */
  public AttemptLog read(RunPlaces places, int number) {
    Attempt attempt = attempt(places, number);
    AttemptFiles files = new AttemptFiles(store, places.attempts());
    List<ExecutionLog> executions =
        files.of(attempt.job()).stream()
            .map(
                execution ->
                    new ExecutionLog(
                        files.start(execution),
                        files.outcome(execution).orElse(null),
                        String.join("", files.log(execution, 1))))
            .toList();
    Optional<Job> job = jobs.find(attempt.job());
    return new AttemptLog(
        attempt.number(),
        attempt.job(),
        job.map(Job::getUid).orElse(""),
        attempt.end(),
        executions,
        job.map(RunLogs::events).orElse(List.of()));
  }

  private static List<String> events(Job job) {
    return JobReport.of(job).events().stream()
        .map(event -> event.time() + " " + event.text())
        .toList();
  }

  /**
   * Shows what an attempt shows, until its job has ended.
   *
   * @param number of an attempt; 0 for the latest
   * @param interrupted whether to stop
   * @return whether an execution of its task began
   */
  public boolean follow(
      RunPlaces places, int number, Consumer<String> out, BooleanSupplier interrupted) {
    Attempt attempt = attempt(places, number);
    AttemptFiles files = new AttemptFiles(store, places.attempts());
    PollPace pace = new PollPace(clock, interrupted);
    int execution = 0;
    int part = 1;
    while (true) {
      // Looked at before its files, so that what it showed last is not missed.
      boolean ended = hasEnded(attempt);
      List<AttemptFiles.Execution> executions = files.of(attempt.job());
      while (execution < executions.size()) {
        List<String> parts = files.log(executions.get(execution), part);
        parts.forEach(out);
        part += parts.size();
        if (!parts.isEmpty()) {
          pace.quicken();
        }
        if (execution == executions.size() - 1) {
          break;
        }
        execution++;
        part = 1;
      }
      if (ended || interrupted.getAsBoolean()) {
        return !executions.isEmpty();
      }
      pace.await();
    }
  }

  private boolean hasEnded(Attempt attempt) {
    return attempt.hasEnded()
        || jobs.find(attempt.job())
            .map(job -> JobReport.of(job).hasEnded())
            .orElseGet(() -> Cancellation.isAbandoned(attempt, clock.instant()));
  }

  private Attempt attempt(RunPlaces places, int number) {
    LaunchRecord record =
        RunJournal.open(new LaunchRecordFile(store, places.launchRecord())).record();
    Optional<Attempt> found =
        number == 0
            ? record.latest()
            : record.attempts().stream().filter(one -> one.number() == number).findFirst();
    return found.orElseThrow(
        () ->
            new Failure(
                Failure.Kind.INPUT_MISSING,
                "The run %s has no attempt%s; it had %d. 'alexnet status %s' shows them"
                    .formatted(
                        record.run(),
                        number == 0 ? "" : " " + number,
                        record.attempts().size(),
                        record.run())));
  }
}
