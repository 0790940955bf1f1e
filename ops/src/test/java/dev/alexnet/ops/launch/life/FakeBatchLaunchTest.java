package dev.alexnet.ops.launch.life;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.batch.v1.Job;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.settings.SettingsBuilder;
import dev.alexnet.infra.storage.EmulatedStores;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.testing.batch.BatchFault;
import dev.alexnet.infra.testing.batch.BatchRequestKind;
import dev.alexnet.infra.testing.batch.FakeBatch;
import dev.alexnet.infra.testing.batch.JobScript;
import dev.alexnet.infra.testing.gcs.FakeGcs;
import dev.alexnet.ops.cli.TypedLine;
import dev.alexnet.ops.environment.EnvironmentContract;
import dev.alexnet.ops.job.StepOutcome;
import dev.alexnet.ops.launch.Consent;
import dev.alexnet.ops.launch.LaunchPlan;
import dev.alexnet.ops.launch.LaunchSettings;
import dev.alexnet.ops.launch.RunName;
import dev.alexnet.ops.launch.record.Attempt;
import dev.alexnet.ops.launch.record.LaunchRecord;
import dev.alexnet.ops.launch.record.LaunchRecordFile;
import dev.alexnet.ops.process.Termination;
import io.grpc.Status;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Launches against a server that answers as Batch does, on a clock that passes at once. */
class FakeBatchLaunchTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final RunName RUN = new RunName("first");
  private static final EnvironmentContract CONTRACT =
      EnvironmentContract.read(LaunchFixture.contract(FakeGcs.BUCKET), "environment.json");

  private final VirtualTime time = new VirtualTime();
  private final FakeBatch batch = new FakeBatch(time::instant);
  private final FakeGcs gcs = new FakeGcs();
  private final ObjectStore store = EmulatedStores.standard(gcs);
  private final StringWriter err = new StringWriter();
  private final RecordedRuns runs =
      new RecordedRuns(
          new CloudRuns(store, batch.client(time), time),
          store,
          TypedLine.console(new StringWriter(), err),
          new Termination());

  @AfterEach
  void close() {
    batch.close();
    gcs.close();
  }

  private static SettingsBuilder<LaunchSettings> settings() {
    return LaunchSettings.builder()
        .set(LaunchSettings.RUN, RUN.value())
        .set(
            LaunchSettings.IMAGE, CONTRACT.imageRepository() + "/alexnet@sha256:" + "0".repeat(64));
  }

  private StepOutcome launch(SettingsBuilder<LaunchSettings> settings) {
    return runs.launch(
        LaunchPlan.of(CONTRACT, settings.build()), LaunchFixture.bytes("train:\n"), Consent.GIVEN);
  }

  private List<String> attempts() {
    LaunchRecord record =
        new LaunchRecordFile(store, new RunPlaces(RUN.workdir(CONTRACT)).launchRecord())
            .read()
            .orElseThrow()
            .record();
    return record.attempts().stream().map(FakeBatchLaunchTest::inBrief).toList();
  }

  private static String inBrief(Attempt attempt) {
    return "%d %s: %s".formatted(attempt.number(), attempt.offer(), attempt.end().cause());
  }

  private int requests(BatchRequestKind kind) {
    return batch.counts().getOrDefault(kind, 0);
  }

  private static BatchFault unavailable() {
    return BatchFault.of(Status.UNAVAILABLE.withDescription("try again"));
  }

  @Test
  void launch_creationThatIsUnavailable_isMadeAgain() {
    batch.failNext(BatchRequestKind.CREATE, unavailable(), unavailable());
    batch.otherwise(JobScript::succeeding);
    launch(settings());
    assertThat(batch.jobs()).hasSize(1);
    assertThat(requests(BatchRequestKind.CREATE)).isEqualTo(3);
    assertThat(attempts()).containsExactly("1 spot in us-central1-a: SUCCEEDED");
  }

  @Test
  void launch_creationWhoseAnswerIsLost_makesOneJob() {
    batch.failNext(BatchRequestKind.CREATE, unavailable().afterItsEffect());
    batch.otherwise(JobScript::succeeding);
    launch(settings());
    assertThat(batch.jobs()).hasSize(1);
    assertThat(requests(BatchRequestKind.CREATE)).isEqualTo(2);
    assertThat(attempts()).containsExactly("1 spot in us-central1-a: SUCCEEDED");
  }

  @Test
  void launch_jobThatIsNotFoundJustAfter_isWaitedFor() {
    batch.setLag(5);
    batch.otherwise(JobScript::succeeding);
    launch(settings());
    assertThat(requests(BatchRequestKind.CREATE)).isEqualTo(1);
    assertThat(attempts()).containsExactly("1 spot in us-central1-a: SUCCEEDED");
  }

  @Test
  void launch_preemptedTwiceWithinAJob_isNotReported() {
    batch.next(
        JobScript.running().after(HOUR).exits(50001).after(HOUR).exits(50001).after(HOUR).exits(0));
    assertThat(launch(settings()).summary())
        .isEqualTo(
            "The run first has succeeded in gs://bucket/first, after 1 attempt and 3.2 h, about $2.53");
    assertThat(attempts()).containsExactly("1 spot in us-central1-a: SUCCEEDED");
    assertThat(requests(BatchRequestKind.CREATE)).isEqualTo(1);
  }

  @Test
  void launch_preemptedTwiceUnderACeiling_isSubmittedAgainWithWhatIsLeft() {
    batch.next(
        JobScript.running().after(HOUR).exits(50001),
        JobScript.running().after(HOUR).exits(50001),
        JobScript.running().after(HOUR).exits(0));
    launch(settings().set(LaunchSettings.MAX_HOURS, 5.0));
    assertThat(attempts())
        .containsExactly(
            "1 spot in us-central1-a: PREEMPTED",
            "2 spot in us-central1-a: PREEMPTED",
            "3 spot in us-central1-a: SUCCEEDED");
    assertThat(batch.jobs())
        .extracting(FakeBatchLaunchTest::longest)
        .containsExactly(17_400L, 13_200L, 9000L);
    assertThat(batch.jobs())
        .allMatch(job -> job.getTaskGroups(0).getTaskSpec().getMaxRetryCount() == 0);
  }

  private static long longest(Job job) {
    return job.getTaskGroups(0).getTaskSpec().getMaxRunDuration().getSeconds();
  }

  @Test
  void launch_queuedTooLong_isCancelledAndTriedElsewhere() {
    batch.next(JobScript.queued(), JobScript.queued().schedules(), JobScript.succeeding());
    launch(settings().set(LaunchSettings.MAX_QUEUE_WAIT, 10));
    assertThat(attempts())
        .containsExactly(
            "1 spot in us-central1-a: NO_CAPACITY",
            "2 spot in us-central1-b: NO_CAPACITY",
            "3 flex-start in us-central1-a: SUCCEEDED");
    assertThat(requests(BatchRequestKind.CANCEL)).isEqualTo(2);
    assertThat(time.passed()).isBetween(Duration.ofMinutes(20), Duration.ofMinutes(26));
  }

  @Test
  void launch_noMachineAnywhere_ends() {
    assertThatFailure(() -> launch(settings().set(LaunchSettings.MAX_QUEUE_WAIT, 5)))
        .isOfKind(Failure.Kind.REMOTE)
        .hasMessageStartingWith(
            "No machine was to be had for the run first: spot, flex-start, standard in us-central1-a, us-central1-b, waiting at most 5 minutes for each.");
    assertThat(batch.jobs()).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 78, 79, 80})
  void launch_programThatFailed_isNeverTriedAgain(int code) {
    batch.next(JobScript.running().after(HOUR).exits(code));
    assertThatFailure(() -> launch(settings()))
        .isOfKind(Failure.Kind.ofExitCode(code).orElseThrow());
    assertThat(batch.jobs()).hasSize(1);
  }

  @Test
  void launch_stoppedAfterACommitUnderACeiling_isTriedAgain() {
    batch.next(JobScript.running().after(HOUR).exits(75), JobScript.running().after(HOUR).exits(0));
    launch(settings().set(LaunchSettings.MAX_COST, 10.0));
    assertThat(attempts())
        .containsExactly(
            "1 spot in us-central1-a: RETRYABLE", "2 spot in us-central1-a: SUCCEEDED");
  }

  @Test
  void launch_failedWithoutATask_ends() {
    batch.next(JobScript.queued().schedules().failsWithoutTask("Batch Error: no such accelerator"));
    assertThatFailure(() -> launch(settings()))
        .isOfKind(Failure.Kind.REMOTE)
        .hasMessageContaining("before it ran. The reason given: Batch Error: no such accelerator.");
    assertThat(batch.jobs()).hasSize(1);
  }

  @Test
  void launch_cancelledByHand_ends() {
    batch.next(JobScript.running().after(HOUR).isCancelled());
    assertThatFailure(() -> launch(settings()))
        .isOfKind(Failure.Kind.INTERRUPTED)
        .hasMessageStartingWith("alexnet-first-1 was cancelled.");
  }

  @Test
  void launch_detachedAndAttached_isOneJob() {
    batch.next(JobScript.running().after(HOUR).exits(0));
    launch(settings().set(LaunchSettings.DETACH, true));
    assertThat(time.passed()).isZero();
    StepOutcome outcome =
        runs.launch(
            runs.recorded(
                    CONTRACT, LaunchSettings.builder().set(LaunchSettings.RUN, "first").build())
                .orElseThrow(),
            LaunchFixture.bytes("train:\n"),
            Consent.GIVEN);
    assertThat(outcome.facts()).containsEntry("state", "succeeded");
    assertThat(requests(BatchRequestKind.CREATE)).isEqualTo(1);
  }

  @Test
  void launch_batchForbidden_isTriedAgainByTheSameCommand() {
    batch.failNext(BatchRequestKind.CREATE, BatchFault.of(Status.PERMISSION_DENIED));
    assertThatFailure(() -> launch(settings())).isOfKind(Failure.Kind.PERMISSION);
    batch.otherwise(JobScript::succeeding);
    launch(settings());
    assertThat(batch.jobs()).hasSize(1);
    assertThat(attempts())
        .containsExactly(
            "1 spot in us-central1-a: NOT_SUBMITTED", "2 spot in us-central1-a: SUCCEEDED");
  }

  @Test
  void launch_lookThatIsUnavailableForAWhile_isFollowedAgain() {
    batch.next(JobScript.running().after(HOUR).exits(0));
    time.at(Duration.ofMinutes(10), () -> batch.failAll(BatchRequestKind.GET, unavailable()));
    time.at(Duration.ofMinutes(25), () -> batch.failAll(BatchRequestKind.GET, null));
    assertThat(launch(settings()).facts()).containsEntry("state", "succeeded");
    assertThat(err.toString()).contains("The run goes on, but cannot be seen at the moment: ");
  }
}
