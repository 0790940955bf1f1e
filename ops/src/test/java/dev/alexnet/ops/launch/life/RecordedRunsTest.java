package dev.alexnet.ops.launch.life;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.batch.v1.JobStatus.State;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.settings.SettingsBuilder;
import dev.alexnet.infra.storage.EmulatedStores;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.testing.gcs.FakeGcs;
import dev.alexnet.ops.cli.TypedLine;
import dev.alexnet.ops.environment.EnvironmentContract;
import dev.alexnet.ops.job.StepOutcome;
import dev.alexnet.ops.launch.Consent;
import dev.alexnet.ops.launch.LaunchPlan;
import dev.alexnet.ops.launch.LaunchSettings;
import dev.alexnet.ops.launch.Preview;
import dev.alexnet.ops.launch.Proposal;
import dev.alexnet.ops.launch.Provisioning;
import dev.alexnet.ops.launch.RunName;
import dev.alexnet.ops.launch.record.LaunchRecord;
import dev.alexnet.ops.process.Termination;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedRunsTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final byte[] JOB_FILE = LaunchFixture.bytes("train:\n");
  private static final EnvironmentContract CONTRACT =
      EnvironmentContract.read(LaunchFixture.contract(FakeGcs.BUCKET), "environment.json");

  @TempDir private Path directory;
  private final FakeGcs gcs = new FakeGcs();
  private final StringWriter err = new StringWriter();
  private LaunchFixture run;
  private RecordedRuns runs;

  @BeforeEach
  void prepare() {
    run = new LaunchFixture(EmulatedStores.standard(gcs), new RunName("first").workdir(CONTRACT));
    runs =
        new RecordedRuns(
            new CloudRuns(run.store, (project, region) -> run.batch, run.time),
            run.store,
            TypedLine.console(new StringWriter(), err),
            new Termination());
  }

  @AfterEach
  void close() {
    gcs.close();
  }

  private static SettingsBuilder<LaunchSettings> settings() {
    return LaunchSettings.builder().set(LaunchSettings.RUN, "first");
  }

  private static String image(int digit) {
    return CONTRACT.imageRepository() + "/alexnet@sha256:" + String.valueOf(digit).repeat(64);
  }

  private StepOutcome launch(SettingsBuilder<LaunchSettings> settings) {
    LaunchSettings with = settings.set(LaunchSettings.IMAGE, image(0)).build();
    return runs.launch(LaunchPlan.of(CONTRACT, with), JOB_FILE, Consent.GIVEN);
  }

  private StepOutcome again(LaunchSettings settings) {
    LaunchPlan plan = runs.recorded(CONTRACT, settings).orElseThrow();
    return runs.launch(plan, run.store.readAll(plan.settings().config()), Consent.GIVEN);
  }

  @Test
  void launch_newRun_followsItAndTellsItsCost() {
    assertThat(runs.recorded(CONTRACT, settings().build())).isEmpty();
    run.succeeding(1, HOUR);
    StepOutcome outcome = launch(settings());
    assertThat(outcome.summary())
        .isEqualTo(
            "The run first has succeeded in gs://bucket/first, after 1 attempt and 1.2 h, about $0.93");
    assertThat(outcome.failure()).isNull();
    assertThat(outcome.facts())
        .containsEntry("run", "first")
        .containsEntry("state", "succeeded")
        .containsEntry("workdir", "gs://bucket/first")
        .containsKey("attempts");
    assertThat(runs.recorded(CONTRACT, settings().build())).isPresent();
    assertThat(err.toString())
        .startsWith(
            "launch: alexnet-first-1 is submitted: spot in us-central1-a. It waits at most 1 h 00 min for a machine\n");
  }

  @Test
  void launch_detach_saysHowToGoOn() {
    assertThat(launch(settings().set(LaunchSettings.DETACH, true)).summary())
        .isEqualTo(
            "alexnet-first-1 is submitted and goes on by itself. 'alexnet launch first' attaches, and 'alexnet cancel first' cancels it");
  }

  @Test
  void attach_nameAlone_followsTheLivingJob() {
    launch(settings().set(LaunchSettings.DETACH, true).set(LaunchSettings.MAX_HOURS, 3.0));
    run.time.in(HOUR, () -> run.batch.enter("alexnet-first-1", State.SUCCEEDED));
    StepOutcome outcome = again(settings().build());
    assertThat(outcome.facts()).containsEntry("state", "succeeded");
    assertThat(run.batch.requests).containsExactly("submit alexnet-first-1");
  }

  @Test
  void attach_livingJobAndOtherSettings_saysWhatDiffers() {
    launch(settings().set(LaunchSettings.DETACH, true));
    assertThatFailure(
            () ->
                again(
                    settings()
                        .set(LaunchSettings.IMAGE, image(1))
                        .set(LaunchSettings.MAX_COST, 9.0)
                        .build()))
        .isOfKind(Failure.Kind.OUTPUT_EXISTS)
        .hasMessageContaining("--image: %s, not %s".formatted(image(0), image(1)))
        .hasMessageContaining("--max-cost: none, not 9");
  }

  @Test
  void attach_runThatEndedBadly_goesOnWithWhatIsGivenAndWhatWasRecorded() throws Exception {
    run.exiting(1, HOUR, 79).succeeding(2, HOUR);
    assertThatFailure(
            () ->
                launch(
                    settings()
                        .set(LaunchSettings.ZONES_TO_TRY, "us-central1-b")
                        .set(LaunchSettings.MAX_QUEUE_WAIT, 7)))
        .isOfKind(Failure.Kind.NOT_FINITE);
    Path corrected = Files.writeString(directory.resolve("job.yaml"), "train:\n  epochs: 2\n");
    again(
        settings()
            .set(LaunchSettings.CONFIG, new Location(corrected.toString()))
            .set(LaunchSettings.PROVISIONING, List.of(Provisioning.STANDARD))
            .build());
    assertThat(run.attempts())
        .containsExactly(
            "alexnet-first-1 spot us-central1-b DIVERGED",
            "alexnet-first-2 standard us-central1-b SUCCEEDED");
    assertThat(run.record().policy().maxQueueSeconds()).isEqualTo(420);
    assertThat(run.record().work().image()).isEqualTo(image(0));
    assertThat(run.store.readAll(run.places.jobFile())).asString().contains("epochs: 2");
  }

  @Test
  void attach_launcherKilledBeforeTheJobFile_needsItAgain() {
    run.batch.beforeStoring =
        () -> {
          throw new Failure(Failure.Kind.PERMISSION, "not yours");
        };
    assertThatFailure(() -> launch(settings())).isOfKind(Failure.Kind.PERMISSION);
    run.store.delete(run.places.jobFile());
    assertThatFailure(() -> again(settings().build()))
        .isOfKind(Failure.Kind.INPUT_MISSING)
        .hasMessage(
            "There is no gs://bucket/first/launch/job.yaml: the launch of the run first was stopped before it was written. Give its job file by --config");
  }

  private Preview next(SettingsBuilder<LaunchSettings> settings) {
    LaunchPlan plan = runs.recorded(CONTRACT, settings.build()).orElseThrow();
    return runs.next(plan, run.store.readAll(plan.settings().config()));
  }

  /** As Batch knows it, whatever the last terminal that looked has recorded. */
  @Test
  void next_ofEachStateOfARun_isWhatALaunchWouldDo() {
    run.exiting(1, HOUR, 50001).succeeding(2, HOUR);
    launch(settings().set(LaunchSettings.DETACH, true));
    assertThat(next(settings()))
        .isEqualTo(Preview.nothing("alexnet-first-1 lives, and a launch attaches to it"));
    assertThatFailure(() -> next(settings().set(LaunchSettings.MAX_COST, 9.0)))
        .isOfKind(Failure.Kind.OUTPUT_EXISTS);
    run.time.sleep(HOUR.multipliedBy(2));
    LaunchRecord before = run.record();

    Proposal second = next(settings()).next().orElseThrow();

    assertThat(second.attempt()).isEqualTo(2);
    assertThat(second.used()).isEqualTo("1.2 h, about $0.93");
    assertThat(run.record()).isEqualTo(before);
    again(settings().build());
    assertThat(next(settings())).isEqualTo(Preview.nothing("the run first has succeeded"));
  }

  /** Which a launch with the same settings would only tell. */
  @Test
  void next_ofAnAttemptThatFailedUnseen_isAnotherOneOnlyWithOtherSettings() {
    run.exiting(1, HOUR, 78);
    launch(settings().set(LaunchSettings.DETACH, true));
    run.time.sleep(HOUR.multipliedBy(2));

    assertThatFailure(() -> next(settings())).isOfKind(Failure.Kind.MISMATCH);
    Proposal second = next(settings().set(LaunchSettings.IMAGE, image(1))).next().orElseThrow();
    assertThat(second.attempt()).isEqualTo(2);
  }

  @Test
  void next_ofAnAttemptThatWasCancelledBeforeItsSubmission_isAnotherOneInAWhile() {
    run.batch.beforeStoring =
        () -> {
          throw new Failure(Failure.Kind.REMOTE, "Batch does not answer");
        };
    assertThatFailure(() -> launch(settings())).isOfKind(Failure.Kind.REMOTE);
    run.interrupted = true;
    assertThatFailure(run::cancel).isOfKind(Failure.Kind.INTERRUPTED);

    assertThatFailure(() -> next(settings())).isOfKind(Failure.Kind.INTERRUPTED);
    run.time.sleep(Duration.ofMinutes(6));
    assertThat(next(settings()).next().orElseThrow().attempt()).isEqualTo(2);
  }

  @Test
  void next_ofAnAttemptThatWasNotSubmitted_isThatAttempt() {
    run.batch.beforeStoring =
        () -> {
          throw new Failure(Failure.Kind.REMOTE, "Batch does not answer");
        };
    assertThatFailure(() -> launch(settings())).isOfKind(Failure.Kind.REMOTE);

    assertThat(next(settings()).next().orElseThrow().attempt()).isEqualTo(1);
  }

  @Test
  void recorded_bucketThatDoesNotExist_isNamed() {
    EnvironmentContract elsewhere =
        EnvironmentContract.read(LaunchFixture.contract("no-such-bucket"), "environment.json");

    assertThatFailure(() -> runs.recorded(elsewhere, settings().build()))
        .isOfKind(Failure.Kind.INPUT_MISSING)
        .hasMessageContaining("no-such-bucket");
  }

  @Test
  void launch_machineThatHasNoFlexibleStart_recordsOnlyTheTermsThatAreTried() {
    String json = new String(LaunchFixture.contract(FakeGcs.BUCKET), StandardCharsets.UTF_8);
    EnvironmentContract attached =
        EnvironmentContract.read(
            LaunchFixture.bytes(json.replace("g2-standard-24", "n1-standard-16")), "environment");
    LaunchSettings settings =
        settings().set(LaunchSettings.IMAGE, image(0)).set(LaunchSettings.DETACH, true).build();
    runs.launch(LaunchPlan.of(attached, settings), JOB_FILE, Consent.GIVEN);
    assertThat(run.record().policy().provisioning())
        .containsExactly(Provisioning.SPOT, Provisioning.STANDARD);
  }
}
