package dev.alexnet.ops.launch.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.batch.v1.JobStatus.State;
import dev.alexnet.ops.launch.record.AttemptEnd;
import dev.alexnet.ops.launch.record.EndCause;
import dev.alexnet.ops.launch.record.StopReason;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AttemptEndingTest {
  private static final String NO_QUOTA =
      "Quota checking process decided to delay scheduling for the job a-1 due to inadequate quotas"
          + " [Quota: NVIDIA_L4_GPUS, limit: 1, usage: 0, wanted: 2.].";

  private static Optional<AttemptEnd> of(JobReport report, StopReason stop) {
    return AttemptEnding.of(report, stop, Duration.ofMinutes(5));
  }

  @ParameterizedTest
  @EnumSource(names = {"QUEUED", "SCHEDULED", "RUNNING", "CANCELLATION_IN_PROGRESS"})
  void of_jobThatLives_isNoEnd(State state) {
    JobReport report = Jobs.queued().entering(state).report();
    assertThat(of(report, StopReason.USER)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "50001, PREEMPTED",
    "50002, RETRYABLE",
    "50003, RETRYABLE",
    "50004, RETRYABLE",
    "50005, TIME_LIMIT",
    "50006, RETRYABLE",
    "50000, UNKNOWN",
    "1, UNKNOWN",
    "64, SETTINGS",
    "65, PROGRAM_FAILED",
    "66, PROGRAM_FAILED",
    "70, PROGRAM_FAILED",
    "73, PROGRAM_FAILED",
    "74, PROGRAM_FAILED",
    "75, RETRYABLE",
    "76, RETRYABLE",
    "77, PERMISSION",
    "78, SETTINGS",
    "79, DIVERGED",
    "80, PROGRAM_FAILED",
    "125, IMAGE_MISSING",
    "130, RETRYABLE",
    "137, UNKNOWN",
    "143, RETRYABLE",
  })
  void of_taskThatExited_goesByItsCode(int code, EndCause cause) {
    JobReport report = Jobs.running().failingWith(code).report();
    assertThat(of(report, null)).contains(AttemptEnd.of(cause, code, ""));
  }

  static Stream<Arguments> endsWithoutExitCode() {
    return Stream.of(
        end(Jobs.queued(), NO_QUOTA, EndCause.QUOTA),
        end(
            Jobs.queued().entering(State.SCHEDULED),
            "VM in Managed Instance Group meets error: Batch Error: code -"
                + " CODE_GCE_QUOTA_EXCEEDED, description - error count is 1, latest message example:"
                + " Instance creation failed: Quota 'NVIDIA_L4_GPUS' exceeded.  Limit: 0.0 in region"
                + " us-central1.",
            EndCause.QUOTA),
        end(
            Jobs.queued().entering(State.SCHEDULED),
            "VM in Managed Instance Group meets error: Batch Error: code -"
                + " CODE_GCE_ZONE_RESOURCE_POOL_EXHAUSTED, description - error count is 4",
            EndCause.NO_CAPACITY),
        end(
            Jobs.queued().entering(State.SCHEDULED),
            "Job gets non-retryable information Batch Error: code - CODE_GCE_INVALID_FIELD_VALUE,"
                + " description - No zone supports all of the provided instance templates.",
            EndCause.FAILED_WITHOUT_TASKS),
        end(
            Jobs.queued(),
            "Batch Error: code - CODE_GCE_PERMISSION_DENIED, description - Required"
                + " 'compute.subnetworks.use' permission for job@p.iam.gserviceaccount.com",
            EndCause.PERMISSION),
        end(
            Jobs.running(),
            "Error response from daemon: manifest for images/alexnet@sha256:0 not found: manifest"
                + " unknown",
            EndCause.IMAGE_MISSING),
        end(Jobs.running(), "The machine is gone. Error 4711", EndCause.UNKNOWN));
  }

  private static Arguments end(Jobs jobs, String said, EndCause cause) {
    return Arguments.of(jobs.saying(said).entering(State.FAILED).report(), said, cause);
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("endsWithoutExitCode")
  void of_jobThatFailedWithoutAnExitCode_goesByWhatWasSaid(
      JobReport report, String said, EndCause cause) {
    assertThat(of(report, null)).contains(AttemptEnd.of(cause, said));
  }

  @Test
  void of_imageThatMayNotBeRead_isAPermission() {
    JobReport report =
        Jobs.running().saying("denied: a@p.iam does not have permission").failingWith(125).report();
    assertThat(of(report, null).orElseThrow().cause()).isEqualTo(EndCause.PERMISSION);
  }

  @Test
  void of_jobWithoutAnyEvent_failedWithoutTasks() {
    JobReport report = Jobs.queued().entering(State.FAILED).report();
    assertThat(of(report, null).orElseThrow().cause()).isEqualTo(EndCause.FAILED_WITHOUT_TASKS);
  }

  /** The service retries by itself, and still lists what it retried. */
  @Test
  void of_preemptedThenSucceeded_succeeded() {
    JobReport report = Jobs.running().taskExiting(50001).entering(State.SUCCEEDED).report();
    assertThat(of(report, null)).contains(AttemptEnd.of(EndCause.SUCCEEDED, 0, ""));
  }

  @Test
  void of_preemptedThenDiverged_isTheLastEnd() {
    JobReport report = Jobs.running().taskExiting(50001).taskExiting(79).failingWith(79).report();
    assertThat(of(report, null).orElseThrow().cause()).isEqualTo(EndCause.DIVERGED);
  }

  @ParameterizedTest
  @CsvSource({"QUEUE_WAIT, NO_CAPACITY", "QUOTA, NO_CAPACITY", "USER, CANCELLED", ", CANCELLED"})
  void of_cancelledJob_goesByWhoCancelled(StopReason stop, EndCause cause) {
    JobReport report = Jobs.queued().entering(State.CANCELLED).report();
    assertThat(of(report, stop).orElseThrow().cause()).isEqualTo(cause);
  }

  @Test
  void of_jobThatWaitedTooLong_saysHowLong() {
    JobReport report = Jobs.queued().entering(State.CANCELLED).report();
    assertThat(of(report, StopReason.QUEUE_WAIT))
        .contains(AttemptEnd.of(EndCause.NO_CAPACITY, "no machine within 5 minutes"));
  }

  @Test
  void of_taskThatExited_keepsWhatElseWasSaid() {
    String said = "Error response from daemon: no such device";
    JobReport report = Jobs.running().saying(said).taskExiting(1).failingWith(1).report();
    assertThat(of(report, null)).contains(AttemptEnd.of(EndCause.UNKNOWN, 1, said));
  }

  @Test
  void inBrief_eventsOfAFailure_sayItsCodeOnce() {
    JobReport report =
        Jobs.running()
            .taskExiting(78)
            .saying(
                "Job failed due to task failure. Specifically, task with index 0 failed due to the following task event: \"Task state is updated from RUNNING to FAILED on zones/z/instances/1 with exit code 78.\"")
            .failingWith(78)
            .saying("Error: something else")
            .report();
    assertThat(report.events().stream().map(JobEvent::inBrief))
        .containsExactly(
            "scheduled",
            "running",
            "task failed, exit code 78",
            "failed",
            "failed",
            "Error: something else");
  }

  @Test
  void of_jobStoppedInTheQueueForAQuota_namesIt() {
    JobReport report = Jobs.queued().saying(NO_QUOTA).entering(State.CANCELLED).report();
    assertThat(of(report, StopReason.QUEUE_WAIT)).contains(AttemptEnd.of(EndCause.QUOTA, NO_QUOTA));
  }

  @Test
  void of_jobThatIsBeingDeleted_wasCancelled() {
    JobReport report = Jobs.running().entering(State.DELETION_IN_PROGRESS).report();
    assertThat(of(report, null))
        .contains(AttemptEnd.of(EndCause.CANCELLED, "the job is being deleted"));
  }

  @Test
  void report_jobThatRan_hasTheTimesOfItsEvents() {
    JobReport report = Jobs.running().failingWith(1).report();
    assertThat(report.created()).isEqualTo("2026-01-02T00:00:00Z");
    assertThat(report.running().orElseThrow()).isEqualTo("2026-01-02T00:02:00Z");
    assertThat(report.ended()).isEqualTo("2026-01-02T00:03:00Z");
  }
}
