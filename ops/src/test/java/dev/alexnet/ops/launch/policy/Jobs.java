package dev.alexnet.ops.launch.policy;

import com.google.cloud.batch.v1.Job;
import com.google.cloud.batch.v1.JobStatus;
import com.google.cloud.batch.v1.StatusEvent;
import com.google.cloud.batch.v1.TaskExecution;
import com.google.protobuf.util.Timestamps;
import java.time.Instant;

/** Jobs as the service describes them, a minute after another for each event. */
final class Jobs {
  static final Instant CREATED = Instant.parse("2026-01-02T00:00:00Z");

  private final Job.Builder job = Job.newBuilder().setCreateTime(time(0)).setUpdateTime(time(0));
  private JobStatus.State state = JobStatus.State.QUEUED;
  private int events;

  private static com.google.protobuf.Timestamp time(int minute) {
    return Timestamps.fromMillis(CREATED.plusSeconds(60L * minute).toEpochMilli());
  }

  static Jobs queued() {
    return new Jobs();
  }

  static Jobs running() {
    return queued().entering(JobStatus.State.SCHEDULED).entering(JobStatus.State.RUNNING);
  }

  Jobs entering(JobStatus.State next) {
    String text =
        "Job state is set from %s to %s for job projects/1/locations/us-central1/jobs/a."
            .formatted(state, next);
    state = next;
    return saying(text);
  }

  /** As the service says why a job failed. */
  Jobs failingWith(int exitCode) {
    String text =
        "Job state is set from %s to FAILED for job projects/1/locations/us-central1/jobs/a. Job failed due to task failure. Specifically, task with index 0 failed due to the following task event: \"Task state is updated from RUNNING to FAILED on zones/us-central1-a/instances/5 with exit code %d.\""
            .formatted(state, exitCode);
    state = JobStatus.State.FAILED;
    return saying(text);
  }

  Jobs saying(String description) {
    return with(StatusEvent.newBuilder().setDescription(description));
  }

  /** An event of a task, with the exit code in a field. */
  Jobs taskExiting(int exitCode) {
    return with(
        StatusEvent.newBuilder()
            .setDescription("Task state is updated from RUNNING to FAILED")
            .setTaskExecution(TaskExecution.newBuilder().setExitCode(exitCode)));
  }

  private Jobs with(StatusEvent.Builder event) {
    events++;
    job.getStatusBuilder().addStatusEvents(event.setEventTime(time(events)));
    return this;
  }

  JobReport report() {
    job.getStatusBuilder().setState(state);
    return JobReport.of(job.setUpdateTime(time(events)).build());
  }
}
