package dev.alexnet.ops.launch.life;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static dev.alexnet.ops.launch.life.LaunchFixture.MINUTE;
import static dev.alexnet.ops.launch.life.LaunchFixture.order;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.batch.v1.JobStatus.State;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.ops.launch.Consent;
import dev.alexnet.ops.launch.life.LaunchResult.How;
import dev.alexnet.ops.launch.record.Limits;
import dev.alexnet.ops.launch.record.Usage;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLauncherTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir private Path directory;
  private LaunchFixture run;

  @BeforeEach
  void prepare() {
    run = new LaunchFixture(directory);
  }

  @Test
  void launch_jobThatSucceeds_followsItToItsEnd() {
    run.succeeding(1, HOUR);
    LaunchResult result = run.launch(order());
    assertThat(result.how()).isEqualTo(How.SUCCEEDED);
    assertThat(run.attempts()).containsExactly("alexnet-first-1 spot zone-a SUCCEEDED");
    assertThat(run.store.readAll(run.places.jobFile())).asString().isEqualTo("train:\n");
    assertThat(run.notes)
        .containsExactly(
            "alexnet-first-1 is submitted: spot in zone-a. It waits at most 1 h 00 min for a machine",
            "alexnet-first-1: running",
            "alexnet-first-1: succeeded",
            "alexnet-first-1 succeeded, after 1.2 h, about $1.17");
    assertThat(run.batch.requests).containsExactly("submit alexnet-first-1");
  }

  @Test
  void launch_preemptedTwice_runsInTheEnd() {
    run.exiting(1, HOUR, 50001).exiting(2, HOUR, 50001).succeeding(3, HOUR);
    LaunchResult result = run.launch(order());
    assertThat(result.how()).isEqualTo(How.SUCCEEDED);
    assertThat(run.attempts())
        .containsExactly(
            "alexnet-first-1 spot zone-a PREEMPTED",
            "alexnet-first-2 spot zone-a PREEMPTED",
            "alexnet-first-3 spot zone-a SUCCEEDED");
    assertThat(result.record().usageUntil(run.time.instant())).hasToString("3.5 h, about $3.50");
    assertThat(run.notes)
        .contains("alexnet-first-1 was preempted (exit code 50001), after 1.2 h, about $1.17");
  }

  @Test
  void launch_queuedTooLong_takesTheNextOffer() {
    run.batch.onSubmission(
        "alexnet-first-1",
        id ->
            // Cancelled at the look after an hour.
            run.time.in(
                HOUR.plus(Duration.ofMinutes(2)), () -> run.batch.enter(id, State.CANCELLED)));
    run.succeeding(2, HOUR);
    run.launch(order());
    assertThat(run.attempts())
        .containsExactly(
            "alexnet-first-1 spot zone-a NO_CAPACITY", "alexnet-first-2 spot zone-b SUCCEEDED");
    assertThat(run.record().attempts().get(0).usage()).isEqualTo(Usage.NONE);
    assertThat(run.batch.requests)
        .containsExactly(
            "submit alexnet-first-1", "cancel alexnet-first-1", "submit alexnet-first-2");
  }

  @Test
  void launch_diverged_isNeverTriedAgain() {
    run.exiting(1, HOUR, 79);
    assertThatFailure(() -> run.launch(order()))
        .isOfKind(Failure.Kind.NOT_FINITE)
        .hasMessageStartingWith("The training of the run first diverged");
    assertThat(run.attempts()).containsExactly("alexnet-first-1 spot zone-a DIVERGED");
  }

  @Test
  void launch_programThatSaysWhy_tellsIt() {
    run.job(
        1,
        HOUR,
        id -> {
          run.store.write(
              run.places.attempts().resolve(id + "-2/outcome.json"),
              LaunchFixture.bytes(
                  "{\"ended\": \"now\", \"exit_code\": 78, \"message\": \"train: size is 3\", \"x\": 1}"));
          run.batch.fail(id, 78);
        });
    assertThatFailure(() -> run.launch(order()))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessage(
            "alexnet-first-1 ended with exit code 78. The reason given: train: size is 3. Correct the cause and launch the run again; 'alexnet logs first' shows what it printed");
  }

  @Test
  void launch_stoppedAfterACommit_isTriedAgain() {
    run.exiting(1, HOUR, 75).succeeding(2, HOUR);
    assertThat(run.launch(order()).how()).isEqualTo(How.SUCCEEDED);
    assertThat(run.attempts())
        .containsExactly(
            "alexnet-first-1 spot zone-a RETRYABLE", "alexnet-first-2 spot zone-a SUCCEEDED");
  }

  @Test
  void launch_failedWithoutTasks_ends() {
    run.batch.onSubmission(
        "alexnet-first-1", id -> run.time.in(MINUTE, () -> run.batch.enter(id, State.FAILED)));
    assertThatFailure(() -> run.launch(order()))
        .isOfKind(Failure.Kind.REMOTE)
        .hasMessageStartingWith("Batch gave up alexnet-first-1 (spot in zone-a) before it ran.");
  }

  @Test
  void launch_underACeiling_submitsUntilTooLittleIsLeft() {
    run.exiting(1, HOUR, 50001).exiting(2, Duration.ofMinutes(10), 50005);
    assertThatFailure(() -> run.launch(order(new Limits(1.5, null))))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessageStartingWith("The run first reached its limits (1.50 hours) before its end.");
    assertThat(run.attempts())
        .containsExactly(
            "alexnet-first-1 spot zone-a PREEMPTED", "alexnet-first-2 spot zone-a TIME_LIMIT");
    assertThat(run.record().attempts().get(0).longestSeconds()).isEqualTo(80 * 60);
    assertThat(run.record().attempts().get(1).longestSeconds()).isEqualTo(10 * 60);
    assertThat(
            run.batch
                .job("alexnet-first-2")
                .getTaskGroups(0)
                .getTaskSpec()
                .getMaxRunDuration()
                .getSeconds())
        .isEqualTo(600);
    // What is left now is not worth a machine's start.
    assertThatFailure(() -> run.launch(order(new Limits(1.6, null))))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessageContaining("Nothing was submitted.");
    assertThat(run.attempts()).hasSize(2);
    // A higher ceiling goes on.
    run.succeeding(3, HOUR);
    assertThat(run.launch(order(new Limits(5.0, null))).how()).isEqualTo(How.SUCCEEDED);
    assertThat(run.record().attempts().get(2).launch()).isEqualTo(2);
  }

  @Test
  void launch_quotaBelowTheMachine_goesOnWithoutWaiting() {
    run.batch.onSubmission(
        "alexnet-first-1",
        id -> {
          run.batch.say(id, "[Quota: PREEMPTIBLE_NVIDIA_L4_GPUS, limit: 0, usage: 0, wanted: 2.]");
          run.time.in(MINUTE, () -> run.batch.enter(id, State.CANCELLED));
        });
    run.succeeding(2, HOUR);
    run.launch(order());
    assertThat(run.attempts())
        .containsExactly(
            "alexnet-first-1 spot zone-a QUOTA", "alexnet-first-2 standard zone-a SUCCEEDED");
    assertThat(run.time.passed()).isLessThan(Duration.ofMinutes(65));
  }

  @Test
  void launch_detach_submitsAndReturns() {
    LaunchOrder order = order();
    LaunchResult result =
        run.launch(new LaunchOrder(order.asked(), order.jobFile(), true, false, Consent.GIVEN));
    assertThat(result.how()).isEqualTo(How.DETACHED);
    assertThat(run.attempts()).containsExactly("alexnet-first-1 spot zone-a lives");
    assertThat(run.time.passed()).isZero();
  }

  @Test
  void launch_interrupted_leavesTheJobAloneAndIsAttachedAgain() {
    run.succeeding(1, HOUR);
    run.time.at(Duration.ofMinutes(5), () -> run.interrupted = true);
    assertThatFailure(() -> run.launch(order()))
        .isOfKind(Failure.Kind.INTERRUPTED)
        .hasMessage(
            "Detached: alexnet-first-1 goes on by itself, and is charged until it ends. Run the same command again to attach; 'alexnet cancel first' cancels it");
    assertThat(run.time.passed()).isLessThanOrEqualTo(Duration.ofSeconds(301));
    run.interrupted = false;
    assertThat(run.launch(order()).how()).isEqualTo(How.SUCCEEDED);
    assertThat(run.notes).contains("Attached to alexnet-first-1, which was launched before");
    assertThat(run.batch.requests).containsExactly("submit alexnet-first-1");
  }

  @Test
  void launch_interruptedWithCancelOnInterrupt_cancelsAndWaits() {
    run.succeeding(1, HOUR);
    run.time.at(Duration.ofMinutes(5), () -> run.interrupted = true);
    run.time.at(Duration.ofMinutes(7), () -> run.batch.enter("alexnet-first-1", State.CANCELLED));
    LaunchOrder order = order();
    LaunchResult result =
        run.launch(new LaunchOrder(order.asked(), order.jobFile(), false, true, Consent.GIVEN));
    assertThat(result.how()).isEqualTo(How.CANCELLED);
    assertThat(run.attempts()).containsExactly("alexnet-first-1 spot zone-a CANCELLED");
    assertThat(run.batch.requests)
        .containsExactly("submit alexnet-first-1", "cancel alexnet-first-1");
  }

  @Test
  void launch_jobCancelledElsewhere_saysSo() {
    run.batch.onSubmission(
        "alexnet-first-1", id -> run.time.in(MINUTE, () -> run.batch.enter(id, State.CANCELLED)));
    assertThatFailure(() -> run.launch(order()))
        .isOfKind(Failure.Kind.INTERRUPTED)
        .hasMessageStartingWith("alexnet-first-1 was cancelled.");
  }

  @Test
  void launch_jobThatVanishes_endsAfterTheLag() {
    run.batch.onSubmission(
        "alexnet-first-1", id -> run.time.in(MINUTE, () -> run.batch.forget(id)));
    assertThatFailure(() -> run.launch(order()))
        .isOfKind(Failure.Kind.INTERRUPTED)
        .hasMessageContaining("Batch no longer knows the job");
    assertThat(run.time.passed()).isBetween(Duration.ofMinutes(6), Duration.ofMinutes(8));
  }

  @Test
  void launch_trainingThatLogs_isShownWithItsCost() {
    run.succeeding(1, HOUR);
    run.time.at(
        Duration.ofMinutes(21),
        () ->
            run.store.write(
                run.places.trainings().resolve("metrics.jsonl"),
                LaunchFixture.bytes(
                    LaunchFixture.metrics(10, "train/loss", 4.5)
                        + LaunchFixture.metrics(20, "train/loss", 4.25)
                        + LaunchFixture.metrics(20, "validation/loss", 4.0))));
    run.launch(order());
    assertThat(run.reports)
        .containsExactly("20 steps  loss 4.250  512 images/s  about $0.50 so far");
  }

  @Test
  void launch_serviceThatCannotBeReachedForAWhile_isFollowedAgain() {
    run.succeeding(1, HOUR);
    run.time.at(Duration.ofMinutes(10), () -> run.batch.unreachable = true);
    run.time.at(Duration.ofMinutes(35), () -> run.batch.unreachable = false);
    assertThat(run.launch(order()).how()).isEqualTo(How.SUCCEEDED);
    assertThat(run.notes)
        .containsOnlyOnce(
            "The run goes on, but cannot be seen at the moment: Batch does not answer");
  }

  @Test
  void launch_serviceThatCannotBeReachedAnyMore_ends() {
    run.succeeding(1, HOUR);
    run.time.at(Duration.ofMinutes(10), () -> run.batch.unreachable = true);
    assertThatFailure(() -> run.launch(order()))
        .isOfKind(Failure.Kind.REMOTE)
        .hasMessage("Batch does not answer");
    assertThat(run.time.passed()).isBetween(Duration.ofMinutes(40), Duration.ofMinutes(42));
  }
}
