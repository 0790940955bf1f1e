package dev.alexnet.infra.batch;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.batch.v1.AllocationPolicy;
import com.google.cloud.batch.v1.Job;
import com.google.cloud.batch.v1.JobStatus.State;
import com.google.cloud.batch.v1.Runnable;
import com.google.cloud.batch.v1.TaskGroup;
import com.google.cloud.batch.v1.TaskSpec;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.testing.PassingClock;
import dev.alexnet.infra.testing.batch.BatchFault;
import dev.alexnet.infra.testing.batch.BatchRequestKind;
import dev.alexnet.infra.testing.batch.FakeBatch;
import dev.alexnet.infra.testing.batch.JobScript;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs through the client, against a server that behaves as Batch's. */
class CloudBatchTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private final PassingClock clock = new PassingClock(START);
  private final FakeBatch fake = new FakeBatch(clock::instant);
  private final BatchJobs jobs = fake.client(clock).jobs("my-project", "us-central1");

  @AfterEach
  void close() {
    jobs.close();
    fake.close();
  }

  private static Job job(String image) {
    return Job.newBuilder()
        .addTaskGroups(
            TaskGroup.newBuilder()
                .setTaskCount(1)
                .setTaskSpec(
                    TaskSpec.newBuilder()
                        .addRunnables(
                            Runnable.newBuilder()
                                .setContainer(Runnable.Container.newBuilder().setImageUri(image)))))
        .setAllocationPolicy(
            AllocationPolicy.newBuilder()
                .setLocation(
                    AllocationPolicy.LocationPolicy.newBuilder()
                        .addAllowedLocations("zones/us-central1-a")))
        .putLabels("run", "first")
        .build();
  }

  private Duration passed() {
    return Duration.between(START, clock.instant());
  }

  @Test
  void submit_aJob_storesItAsItIsWithTheHashOfItsSpecification() {
    Job submitted = jobs.submit("first-1", job("place/image"));

    assertThat(submitted.getName())
        .isEqualTo("projects/my-project/locations/us-central1/jobs/first-1");
    assertThat(submitted.getStatus().getState()).isEqualTo(State.QUEUED);
    assertThat(submitted.getLabelsMap())
        .containsEntry("run", "first")
        .hasEntrySatisfying("specification", hash -> assertThat(hash).matches("[0-9a-f]{32}"));
    assertThat(jobs.find("first-1")).contains(submitted);
    assertThat(fake.requests()).isEqualTo(2);
  }

  @Test
  void submit_theSameJobTwice_isOneJob() {
    Job first = jobs.submit("first-1", job("place/image"));

    assertThat(jobs.submit("first-1", job("place/image"))).isEqualTo(first);

    assertThat(fake.jobs()).hasSize(1);
  }

  @Test
  void submit_theSameJobFromElsewhereLater_attachesToIt() {
    Job first = jobs.submit("first-1", job("place/image"));
    // As after an hour, when the service has forgotten the request.
    fake.forgetRequests();

    assertThat(jobs.submit("first-1", job("place/image"))).isEqualTo(first);

    assertThat(fake.jobs()).hasSize(1);
    assertThat(fake.counts())
        .isEqualTo(Map.of(BatchRequestKind.CREATE, 2, BatchRequestKind.GET, 1));
  }

  @Test
  void submit_anotherJobUnderTheSameId_isRefused() {
    jobs.submit("first-1", job("place/image"));

    assertThatFailure(() -> jobs.submit("first-1", job("place/other")))
        .isOfKind(Failure.Kind.OUTPUT_EXISTS)
        .hasMessage(
            "Cannot submit the job first-1 (project my-project, region us-central1, without"
                + " credentials): another job has this id; take another name for the run, or"
                + " delete that job: 'gcloud batch jobs delete first-1 --location us-central1"
                + " --project my-project'");
  }

  @Test
  void submit_aJobThatIsThereButNotShownYet_waitsForIt() {
    fake.setLag(3);
    Job first = jobs.submit("first-1", job("place/image"));
    fake.forgetRequests();

    assertThat(jobs.submit("first-1", job("place/image")).getName()).isEqualTo(first.getName());

    assertThat(passed()).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void submit_aJobThatIsThereButNeverShown_givesUp() {
    fake.setLag(100);
    jobs.submit("first-1", job("place/image"));
    fake.forgetRequests();

    assertThatFailure(() -> jobs.submit("first-1", job("place/image")))
        .isOfKind(Failure.Kind.REMOTE)
        .hasMessageContaining("the service says that it exists, but does not find it");
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"UNAVAILABLE", "DEADLINE_EXCEEDED", "RESOURCE_EXHAUSTED"})
  void submit_whileTheServiceIsUnavailable_isTriedAgain(Status.Code code) {
    BatchFault fault = BatchFault.of(code.toStatus());
    fake.failNext(BatchRequestKind.CREATE, fault, fault, fault);

    jobs.submit("first-1", job("place/image"));

    assertThat(fake.jobs()).hasSize(1);
    assertThat(fake.counts()).isEqualTo(Map.of(BatchRequestKind.CREATE, 4));
    assertThat(passed()).isEqualTo(Duration.ofSeconds(1 + 2 + 4));
  }

  @Test
  void submit_whoseAnswerIsLost_isOneJob() {
    fake.failNext(BatchRequestKind.CREATE, BatchFault.of(Status.UNAVAILABLE).afterItsEffect());

    Job submitted = jobs.submit("first-1", job("place/image"));

    assertThat(fake.jobs()).containsExactly(submitted);
    assertThat(fake.counts()).isEqualTo(Map.of(BatchRequestKind.CREATE, 2));
  }

  @Test
  void submit_whoseAnswerIsLostAndRequestForgotten_isOneJob() {
    fake.failNext(
        BatchRequestKind.CREATE,
        BatchFault.of(Status.UNAVAILABLE).afterItsEffect(),
        BatchFault.of(Status.ALREADY_EXISTS));

    Job submitted = jobs.submit("first-1", job("place/image"));

    assertThat(fake.jobs()).containsExactly(submitted);
  }

  @Test
  void find_whileTheServiceStaysUnavailable_endsAfterAMinute() {
    fake.failAll(
        BatchRequestKind.GET, BatchFault.of(Status.UNAVAILABLE.withDescription("Try later.")));

    assertThatFailure(() -> jobs.find("first-1"))
        .isOfKind(Failure.Kind.REMOTE)
        .hasMessage(
            "Cannot look up the job first-1 (project my-project, region us-central1, without"
                + " credentials): UNAVAILABLE: Try later.; tried 7 times in 47 s; check the"
                + " network, or run the same command again later");
    assertThat(passed()).isLessThanOrEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void find_whileTheServiceIsUnavailable_tellsOnceAndOnlyIfItLasts() {
    BatchFault fault = BatchFault.of(Status.UNAVAILABLE);
    fake.failNext(BatchRequestKind.GET, fault, fault);
    jobs.find("alexnet-first-1");
    assertThat(fake.notices()).isEmpty();

    fake.failNext(BatchRequestKind.GET, fault, fault, fault, fault);
    jobs.find("alexnet-first-1");
    assertThat(fake.notices())
        .containsExactly("Batch does not answer (UNAVAILABLE); trying again for at most 57 s");
  }

  @Test
  void find_aJobThatIsNotThere_isEmptyAfterOneRequest() {
    assertThat(jobs.find("first-1")).isEmpty();
    assertThat(fake.requests()).isOne();
  }

  @Test
  void labelled_jobsOfSeveralPages_areThoseOfTheLabelTheNewestFirst() {
    for (int attempt = 1; attempt <= 5; attempt++) {
      jobs.submit("first-" + attempt, job("place/image"));
      clock.sleep(Duration.ofMinutes(1));
    }
    jobs.submit("second-1", job("place/image").toBuilder().putLabels("run", "second").build());

    assertThat(jobs.labelled("run", "first"))
        .extracting(job -> job.getName().replaceFirst(".*/", ""))
        .containsExactly("first-5", "first-4", "first-3", "first-2", "first-1");
    assertThat(jobs.labelled("run", "third")).isEmpty();
  }

  @Test
  void cancel_aJobThatRuns_endsIt() {
    fake.next(JobScript.running());
    jobs.submit("first-1", job("place/image"));
    jobs.find("first-1");
    jobs.find("first-1");

    jobs.cancel("first-1");

    assertThat(List.of(state(), state())).containsExactly(State.CANCELLED, State.CANCELLED);
  }

  @Test
  void cancel_aJobThatHasEnded_leavesItAsItIs() {
    fake.next(JobScript.succeeding());
    jobs.submit("first-1", job("place/image"));
    assertThat(List.of(state(), state(), state()))
        .containsExactly(State.SCHEDULED, State.RUNNING, State.SUCCEEDED);

    jobs.cancel("first-1");

    assertThat(state()).isEqualTo(State.SUCCEEDED);
  }

  @Test
  void cancel_aJobThatIsNotThere_isAMissingInput() {
    assertThatFailure(() -> jobs.cancel("first-1"))
        .isOfKind(Failure.Kind.INPUT_MISSING)
        .hasMessageContaining("'gcloud batch jobs list --location us-central1");
  }

  private State state() {
    return jobs.find("first-1").orElseThrow().getStatus().getState();
  }

  @ParameterizedTest
  @ValueSource(ints = {50001, 75})
  void fake_aTaskThatMayBeRepeated_runsAgain(int exitCode) {
    fake.next(JobScript.running().exits(exitCode).exits(0));
    jobs.submit("first-1", retrying(job("place/image"), exitCode));

    assertThat(List.of(state(), state(), state(), state()))
        .containsExactly(State.SCHEDULED, State.RUNNING, State.RUNNING, State.SUCCEEDED);
    assertThat(fake.exitCodes("first-1")).containsExactly(exitCode, 0);
  }

  @Test
  void fake_aTaskThatMayNotBeRepeated_failsTheJob() {
    fake.next(JobScript.running().exits(79).exits(0));
    jobs.submit("first-1", retrying(job("place/image"), 75));

    assertThat(List.of(state(), state(), state(), state()))
        .containsExactly(State.SCHEDULED, State.RUNNING, State.FAILED, State.FAILED);
    assertThat(fake.exitCodes("first-1")).containsExactly(79);
  }

  private static Job retrying(Job job, int exitCode) {
    Job.Builder retrying = job.toBuilder();
    retrying
        .getTaskGroupsBuilder(0)
        .getTaskSpecBuilder()
        .setMaxRetryCount(1)
        .addLifecyclePoliciesBuilder()
        .setAction(com.google.cloud.batch.v1.LifecyclePolicy.Action.RETRY_TASK)
        .getActionConditionBuilder()
        .addExitCodes(exitCode);
    return retrying.build();
  }
}
