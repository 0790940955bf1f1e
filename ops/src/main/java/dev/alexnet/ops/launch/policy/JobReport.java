package dev.alexnet.ops.launch.policy;

import static java.util.Objects.requireNonNull;

import com.google.cloud.batch.v1.Job;
import com.google.cloud.batch.v1.JobStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the service says of a job at a moment.
 *
 * @param created when the service accepted it
 * @param updated when the service last changed it
 * @param events the oldest first
 */
public record JobReport(
    JobStatus.State state, Instant created, Instant updated, List<JobEvent> events) {
  public JobReport {
    requireNonNull(state, "state is null");
    requireNonNull(created, "created is null");
    requireNonNull(updated, "updated is null");
    events = events.stream().sorted(Comparator.comparing(JobEvent::time)).toList();
  }

  public static JobReport of(Job job) {
    return new JobReport(
        job.getStatus().getState(),
        JobEvent.time(job.getCreateTime()),
        JobEvent.time(job.getUpdateTime()),
        job.getStatus().getStatusEventsList().stream().map(JobEvent::of).toList());
  }

  public boolean hasEnded() {
    return switch (state) {
      // A job that is being deleted does not run on, and may be gone at the next look.
      case SUCCEEDED, FAILED, CANCELLED, DELETION_IN_PROGRESS -> true;
      default -> false;
    };
  }

  /** Whether a machine is working for it, or has worked. */
  public boolean hasRun() {
    return state == JobStatus.State.RUNNING
        || state == JobStatus.State.SUCCEEDED
        || running().isPresent();
  }

  /**
   * When the task began; empty if it has not, or if the events do not tell. Retries by the service
   * itself do not end this.
   */
  public Optional<Instant> running() {
    return entered(JobStatus.State.RUNNING);
  }

  /** When the job ended; only for one that has. */
  public Instant ended() {
    return entered(state).orElseGet(this::lastChange);
  }

  private Instant lastChange() {
    Instant last = events.isEmpty() ? created : events.get(events.size() - 1).time();
    return last.isAfter(updated) ? last : updated;
  }

  /** The exit code of the last task that failed. */
  public OptionalInt exitCode() {
    OptionalInt last = OptionalInt.empty();
    for (JobEvent event : events) {
      last = event.exitCode().isPresent() ? event.exitCode() : last;
    }
    return last;
  }

  private Optional<Instant> entered(JobStatus.State wanted) {
    return events.stream()
        .filter(event -> event.entered().filter(wanted::equals).isPresent())
        .map(JobEvent::time)
        .findFirst();
  }
}
