package dev.alexnet.ops.launch.life;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static dev.alexnet.ops.launch.life.LaunchFixture.detached;
import static dev.alexnet.ops.launch.life.LaunchFixture.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.batch.v1.Job;
import com.google.cloud.batch.v1.JobStatus.State;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.ForwardingStore;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.WriteCondition;
import dev.alexnet.ops.launch.Consent;
import dev.alexnet.ops.launch.life.LaunchResult.How;
import dev.alexnet.ops.launch.record.AttemptEnd;
import dev.alexnet.ops.launch.record.EndCause;
import dev.alexnet.ops.launch.record.Limits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Launchers that are killed at any moment, and several that go on with one run. */
class LaunchContentionTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir private Path directory;
  private LaunchFixture run;

  @BeforeEach
  void prepare() {
    run = new LaunchFixture(directory);
  }

  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private static void kill() {
    throw new Killed();
  }

  /** Does something right before a record with some text is written for the first time. */
  private static final class InterposedStore extends ForwardingStore {
    private final ObjectStore store;
    private final String text;
    private Runnable before;

    InterposedStore(ObjectStore store, String text, Runnable before) {
      this.store = store;
      this.text = text;
      this.before = before;
    }

    @Override
    protected ObjectStore storeOf(Location location) {
      return store;
    }

    @Override
    public long write(Location location, byte[] content, WriteCondition condition) {
      if (location.name().equals("launch.json")
          && new String(content, StandardCharsets.UTF_8).contains(text)) {
        Runnable first = before;
        before = () -> {};
        first.run();
      }
      return super.write(location, content, condition);
    }
  }

  @Test
  void launch_killedBetweenRecordAndSubmission_submitsTheSameJob() {
    run.succeeding(1, HOUR);
    run.batch.beforeStoring = LaunchContentionTest::kill;
    assertThatThrownBy(() -> run.launch(order())).isInstanceOf(Killed.class);
    assertThat(run.attempts()).containsExactly("alexnet-first-1 spot zone-a lives");
    assertThat(run.batch.ids()).isEmpty();
    String specification = run.record().attempts().get(0).specification();

    assertThat(run.launch(order()).how()).isEqualTo(How.SUCCEEDED);
    assertThat(run.batch.ids()).containsExactly("alexnet-first-1");
    assertThat(run.record().attempts()).hasSize(1);
    assertThat(run.record().attempts().get(0).specification()).isEqualTo(specification);
  }

  /** Whoever launches it again has not agreed to anything yet. */
  @Test
  void launch_ofAnAttemptThatWasNotSubmitted_asksFirst() {
    run.batch.beforeStoring = LaunchContentionTest::kill;
    assertThatThrownBy(() -> run.launch(order())).isInstanceOf(Killed.class);
    LaunchOrder order = order();

    LaunchResult result =
        run.launch(
            new LaunchOrder(order.asked(), order.jobFile(), false, false, proposal -> false));

    assertThat(result.how()).isEqualTo(How.DECLINED);
    assertThat(run.batch.ids()).isEmpty();
    assertThat(run.notes)
        .containsExactly(
            "alexnet-first-1 was recorded at 2026-01-02T00:00:00Z, but Batch does not know it yet");
    run.succeeding(1, HOUR);
    run.launch(order());
    assertThat(run.notes)
        .contains(
            "Waiting until a minute has passed since then, because another terminal may be submitting it");
  }

  /** Somebody cancels it, and does not wait for as long as another terminal may submit it. */
  @Test
  void launch_ofAnAttemptThatWasCancelledBeforeItsSubmission_goesOnOnceNobodyCanSubmitIt() {
    run.batch.beforeStoring = LaunchContentionTest::kill;
    assertThatThrownBy(() -> run.launch(order())).isInstanceOf(Killed.class);
    run.interrupted = true;
    assertThatFailure(() -> run.cancel()).isOfKind(Failure.Kind.INTERRUPTED);
    assertThat(run.notes)
        .containsExactly(
            "Batch does not know alexnet-first-1. Waiting for at most 5 min 00 s, because another terminal may be submitting it");
    run.interrupted = false;
    run.succeeding(2, HOUR);

    assertThatFailure(() -> run.launch(order()))
        .isOfKind(Failure.Kind.INTERRUPTED)
        .hasMessageStartingWith(
            "alexnet-first-1 was cancelled before Batch knew it. Launch the run first again in ");
    run.time.sleep(Duration.ofMinutes(6));
    assertThat(run.launch(order()).how()).isEqualTo(How.SUCCEEDED);

    assertThat(run.attempts())
        .containsExactly(
            "alexnet-first-1 spot zone-a NOT_SUBMITTED", "alexnet-first-2 spot zone-a SUCCEEDED");
    assertThat(run.batch.ids()).containsExactly("alexnet-first-2");
  }

  @Test
  void launch_endThatAnotherTerminalRecordedFirst_isShownToo() {
    run.succeeding(1, HOUR);
    run.store = new InterposedStore(run.store, "\"succeeded\"", () -> run.launch(order()));

    run.launch(order());

    assertThat(run.notes.stream().filter("alexnet-first-1: succeeded"::equals)).hasSize(2);
    assertThat(
            run.notes.stream()
                .filter("alexnet-first-1 succeeded, after 1.2 h, about $1.17"::equals))
        .hasSize(2);
  }

  @Test
  void launch_killedBetweenSubmissionAndItsRecord_findsTheJob() {
    run.succeeding(1, HOUR);
    run.batch.afterStoring = LaunchContentionTest::kill;
    assertThatThrownBy(() -> run.launch(order())).isInstanceOf(Killed.class);
    assertThat(run.record().attempts().get(0).wasAccepted()).isFalse();

    assertThat(run.launch(order()).how()).isEqualTo(How.SUCCEEDED);
    assertThat(run.batch.requests).containsExactly("submit alexnet-first-1");
  }

  @Test
  void launch_killedBeforeTheCancellationOfAJobThatWaits_goesOnWithTheNextOffer() {
    run.batch.onSubmission("alexnet-first-1", id -> {});
    run.time.at(HOUR.plusMinutes(1), LaunchContentionTest::kill);
    assertThatThrownBy(() -> run.launch(order())).isInstanceOf(Killed.class);

    run.time.in(Duration.ofMinutes(2), () -> run.batch.enter("alexnet-first-1", State.CANCELLED));
    run.succeeding(2, HOUR);
    assertThat(run.launch(order()).how()).isEqualTo(How.SUCCEEDED);
    assertThat(run.attempts())
        .containsExactly(
            "alexnet-first-1 spot zone-a NO_CAPACITY", "alexnet-first-2 spot zone-b SUCCEEDED");
  }

  @Test
  void launch_twoAtOnce_submitsOnceAndTheOtherAttaches() {
    run.succeeding(1, HOUR);
    run.store = new InterposedStore(run.store, "first", () -> run.launch(detached(order())));
    assertThat(run.launch(order()).how()).isEqualTo(How.SUCCEEDED);
    assertThat(run.batch.requests).containsExactly("submit alexnet-first-1");
    assertThat(run.notes).contains("Attached to alexnet-first-1, which was launched before");
  }

  @Test
  void launch_twoAtOnceWithOtherSettings_refusesTheSlower() {
    run.store = new InterposedStore(run.store, "first", () -> run.launch(detached(order())));
    LaunchOrder other =
        new LaunchOrder(
            LaunchFixture.asked("newer", new Limits(null, null)),
            LaunchFixture.bytes("other"),
            true,
            false,
            Consent.GIVEN);
    assertThatFailure(() -> run.launch(other))
        .isOfKind(Failure.Kind.OUTPUT_EXISTS)
        .hasMessageContaining("--image: image, not newer");
    assertThat(run.batch.requests).containsExactly("submit alexnet-first-1");
    assertThat(run.store.readAll(run.places.jobFile())).asString().isEqualTo("train:\n");
  }

  @Test
  void launch_twoThatFollowAPreemptedRun_submitTheNextAttemptOnce() {
    run.exiting(1, HOUR, 50001).succeeding(2, HOUR);
    run.store =
        new InterposedStore(run.store, "alexnet-first-2", () -> run.launch(detached(order())));
    assertThat(run.launch(order()).how()).isEqualTo(How.SUCCEEDED);
    assertThat(run.batch.requests)
        .containsExactly("submit alexnet-first-1", "submit alexnet-first-2");
    assertThat(run.record().attempts()).hasSize(2);
  }

  @Test
  void launch_attemptThatSomebodyCancelsBeforeItIsSubmitted_isNotSubmitted() {
    run.batch.beforeStoring = LaunchContentionTest::kill;
    assertThatThrownBy(() -> run.launch(order())).isInstanceOf(Killed.class);
    run.time.in(Duration.ofSeconds(30), () -> run.cancel());
    assertThatFailure(() -> run.launch(order()))
        .isOfKind(Failure.Kind.INTERRUPTED)
        .hasMessage(
            "alexnet-first-1 was not submitted, and nothing was charged. Launch the run first again to submit another attempt");
    assertThat(run.batch.ids()).isEmpty();
  }

  @Test
  void launch_whileAnotherTerminalIsAboutToSubmit_waitsForIt() {
    run.succeeding(1, HOUR);
    run.batch.beforeStoring = LaunchContentionTest::kill;
    assertThatThrownBy(() -> run.launch(order())).isInstanceOf(Killed.class);
    // The other terminal was only slow.
    run.time.in(
        Duration.ofSeconds(30),
        () -> run.batch.submit("alexnet-first-1", Job.getDefaultInstance()));
    run.launch(order());
    assertThat(run.batch.requests)
        .containsExactly("submit alexnet-first-1", "submit alexnet-first-1");
    assertThat(run.time.passed()).isLessThan(Duration.ofMinutes(63));
  }

  @Test
  void launch_otherSettingsThanAnAttemptThatWasNeverSubmitted_goesOnAfterAWhile() {
    run.batch.beforeStoring = LaunchContentionTest::kill;
    assertThatThrownBy(() -> run.launch(order())).isInstanceOf(Killed.class);
    LaunchOrder corrected =
        new LaunchOrder(
            LaunchFixture.asked("newer", new Limits(null, null)),
            LaunchFixture.bytes("corrected"),
            false,
            false,
            Consent.GIVEN);
    // It could still be submitted by another terminal.
    assertThatFailure(() -> run.launch(corrected)).isOfKind(Failure.Kind.OUTPUT_EXISTS);
    run.time.sleep(Duration.ofMinutes(6));
    run.succeeding(2, HOUR);
    assertThat(run.launch(corrected).how()).isEqualTo(How.SUCCEEDED);
    assertThat(run.attempts())
        .containsExactly(
            "alexnet-first-1 spot zone-a NOT_SUBMITTED", "alexnet-first-2 spot zone-a SUCCEEDED");
  }

  @Test
  void launch_jobOfAnEarlierRunOfThisName_isRefused() {
    run.batch.submit("alexnet-first-1", Job.getDefaultInstance());
    run.time.sleep(HOUR);
    run.batch.beforeStoring = LaunchContentionTest::kill;
    assertThatThrownBy(() -> run.launch(order())).isInstanceOf(Killed.class);
    assertThatFailure(() -> run.launch(order()))
        .isOfKind(Failure.Kind.OUTPUT_EXISTS)
        .hasMessage(
            "Batch has a job alexnet-first-1 since 2026-01-02T00:00:00Z, of an earlier run of this name. Give another run name, or delete that job: gcloud batch jobs delete alexnet-first-1");
  }

  @Test
  void cancel_whileAnotherTerminalFollows_endsBoth() {
    run.succeeding(1, HOUR);
    run.time.at(
        Duration.ofMinutes(10),
        () -> {
          run.time.in(
              Duration.ofMinutes(1), () -> run.batch.enter("alexnet-first-1", State.CANCELLED));
          assertThat(run.cancel().record().living()).isEmpty();
        });
    assertThatFailure(() -> run.launch(order()))
        .isOfKind(Failure.Kind.INTERRUPTED)
        .hasMessage(
            "alexnet-first-1 was cancelled. Launch the run first again to go on from its last checkpoint");
    assertThat(run.batch.requests)
        .containsExactly("submit alexnet-first-1", "cancel alexnet-first-1");
    assertThat(run.batch.ids()).hasSize(1);
  }

  @Test
  void cancel_interrupted_saysThatItGoesOn() {
    run.launch(detached(order()));
    run.time.in(Duration.ofSeconds(15), () -> run.interrupted = true);
    assertThatFailure(run::cancel)
        .isOfKind(Failure.Kind.INTERRUPTED)
        .hasMessage(
            "The cancellation of alexnet-first-1 was asked for, and goes on; 'alexnet status first' shows when it has ended");
    run.interrupted = false;
    run.time.in(Duration.ofMinutes(1), () -> run.batch.enter("alexnet-first-1", State.CANCELLED));
    assertThat(run.cancel().record().living()).isEmpty();
    assertThat(run.attempts()).containsExactly("alexnet-first-1 spot zone-a CANCELLED");
  }

  @Test
  void cancel_attemptThatWasNeverSubmitted_endsItAfterTheLag() {
    run.batch.beforeStoring = LaunchContentionTest::kill;
    assertThatThrownBy(() -> run.launch(order())).isInstanceOf(Killed.class);
    assertThat(run.cancel().summary())
        .isEqualTo("Nothing to cancel: alexnet-first-1 has ended (not submitted)");
    assertThat(run.record().attempts().get(0).end())
        .isEqualTo(AttemptEnd.of(EndCause.NOT_SUBMITTED, ""));
    assertThat(run.time.passed()).isGreaterThan(Duration.ofMinutes(5));
  }

  @Test
  void cancel_jobThatTheServiceHasForgotten_wasCancelled() {
    run.launch(detached(order()));
    run.batch.forget("alexnet-first-1");
    run.cancel();
    assertThat(run.record().attempts().get(0).end())
        .isEqualTo(AttemptEnd.of(EndCause.CANCELLED, "Batch no longer knows the job"));
  }

  @Test
  void cancel_runThatWasNeverLaunched_isMissing() {
    assertThatFailure(run::cancel)
        .isOfKind(Failure.Kind.INPUT_MISSING)
        .hasMessage(
            "This run was never launched: there is no %s. Check its name; 'alexnet status' lists the runs"
                .formatted(run.places.launchRecord()));
  }

  @Test
  void cancel_runThatHasEnded_changesNothing() {
    run.succeeding(1, HOUR);
    run.launch(order());
    CancelResult result = run.cancel();
    assertThat(result).isEqualTo(new CancelResult(null, run.record()));
    assertThat(result.summary())
        .isEqualTo("Nothing to cancel: alexnet-first-1 has ended (succeeded)");
    assertThat(run.attempts()).containsExactly("alexnet-first-1 spot zone-a SUCCEEDED");
  }
}
