package dev.alexnet.ops.launch.life;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static dev.alexnet.ops.launch.life.LaunchFixture.detached;
import static dev.alexnet.ops.launch.life.LaunchFixture.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.ops.launch.Consent;
import dev.alexnet.ops.launch.Offer;
import dev.alexnet.ops.launch.Proposal;
import dev.alexnet.ops.launch.Provisioning;
import dev.alexnet.ops.launch.life.LaunchResult.How;
import dev.alexnet.ops.launch.record.LaunchRecord;
import dev.alexnet.ops.launch.record.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Launches of runs that were launched before. */
class LaunchedAgainTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private static final Offer SPOT = new Offer(Provisioning.SPOT, "zone-a");

  private final List<Proposal> proposed = new ArrayList<>();

  @TempDir private Path directory;
  private LaunchFixture run;

  @BeforeEach
  void prepare() {
    run = new LaunchFixture(directory);
  }

  @Test
  void launch_ofADivergedRunAsItWas_isRefused() {
    run.exiting(1, HOUR, 79);
    assertThatFailure(() -> run.launch(order())).isOfKind(Failure.Kind.NOT_FINITE);

    assertThatFailure(() -> run.launch(order()))
        .isOfKind(Failure.Kind.NOT_FINITE)
        .hasMessageStartingWith("The training of the run first diverged");

    assertThat(run.attempts()).hasSize(1);
  }

  @Test
  void launch_submissionThatIsRefused_isNotMadeUpForWithoutAQuestion() {
    run.batch.beforeStoring =
        () -> {
          throw new Failure(Failure.Kind.PERMISSION, "no credentials");
        };
    assertThatFailure(() -> run.launch(order())).hasMessage("no credentials");
    assertThat(run.attempts()).containsExactly("alexnet-first-1 spot zone-a NOT_SUBMITTED");
    assertThat(run.record().attempts().get(0).end().detail()).isEqualTo("no credentials");

    LaunchResult declined = run.launch(asking(false));
    assertThat(declined.how()).isEqualTo(How.DECLINED);
    assertThat(run.batch.ids()).isEmpty();
    run.succeeding(2, HOUR);
    assertThat(run.launch(asking(true)).how()).isEqualTo(How.SUCCEEDED);
    assertThat(proposed)
        .containsExactly(
            new Proposal(2, SPOT, Optional.empty(), "0.0 h, about $0.00"),
            new Proposal(2, SPOT, Optional.empty(), "0.0 h, about $0.00"));
  }

  @Test
  void launch_livingRunWithOtherSettings_saysWhatDiffers() {
    LaunchOrder order = order();
    run.launch(new LaunchOrder(order.asked(), order.jobFile(), true, false, Consent.GIVEN));
    assertThatFailure(
            () ->
                run.launch(
                    new LaunchOrder(
                        LaunchFixture.asked("newer", new Limits(2.0, null)),
                        LaunchFixture.bytes("other"),
                        true,
                        false,
                        Consent.GIVEN)))
        .isOfKind(Failure.Kind.OUTPUT_EXISTS)
        .hasMessage(
            """
            alexnet-first-1 of the run first lives with other settings than these. It has
              --image: image, not newer
              --max-hours: none, not 2
            Give the settings that it has, or another run name""");
    assertThat(run.store.readAll(run.places.jobFile())).asString().isEqualTo("train:\n");
  }

  @Test
  void launch_runThatSucceeded_doesNothing() {
    run.succeeding(1, HOUR);
    run.launch(order());
    Duration before = run.time.passed();
    assertThat(run.launch(order()).how()).isEqualTo(How.SUCCEEDED);
    assertThat(run.time.passed()).isEqualTo(before);
    assertThat(run.batch.requests).hasSize(1);
  }

  @Test
  void launch_runThatEndedBadly_goesOnWithANewAttempt() {
    run.exiting(1, HOUR, 78).succeeding(2, HOUR);
    assertThatFailure(() -> run.launch(order())).isOfKind(Failure.Kind.MISMATCH);
    LaunchOrder corrected =
        new LaunchOrder(
            LaunchFixture.asked("newer", new Limits(null, null)),
            LaunchFixture.bytes("corrected"),
            false,
            false,
            Consent.GIVEN);
    assertThat(run.launch(corrected).how()).isEqualTo(How.SUCCEEDED);
    assertThat(run.attempts())
        .containsExactly(
            "alexnet-first-1 spot zone-a SETTINGS", "alexnet-first-2 spot zone-a SUCCEEDED");
    assertThat(run.record().work().image()).isEqualTo("newer");
    assertThat(run.store.readAll(run.places.jobFile())).asString().isEqualTo("corrected");
  }

  @Test
  void launch_runThatEndedBadlyWithoutConsent_submitsNothing() {
    run.exiting(1, HOUR, 78);
    assertThatFailure(() -> run.launch(order())).isOfKind(Failure.Kind.MISMATCH);
    LaunchRecord before = run.record();
    LaunchResult result = run.launch(asking(false));
    assertThat(result.how()).isEqualTo(How.DECLINED);
    assertThat(proposed)
        .containsExactly(new Proposal(2, SPOT, Optional.empty(), "1.2 h, about $1.17"));
    assertThat(run.record()).isEqualTo(before);
    assertThat(run.batch.requests).containsExactly("submit alexnet-first-1");
  }

  /** Nobody watched, so nobody has agreed to another machine yet. */
  @Test
  void launch_ofAnAttemptThatWasPreemptedMeanwhile_asksBeforeTheNext() {
    run.exiting(1, HOUR, 50001).succeeding(2, HOUR);
    run.launch(detached(order()));
    run.time.sleep(HOUR.multipliedBy(2));

    assertThat(run.launch(asking(false)).how()).isEqualTo(How.DECLINED);

    assertThat(run.attempts()).containsExactly("alexnet-first-1 spot zone-a PREEMPTED");
    assertThat(run.notes)
        .endsWith(
            "alexnet-first-1 was preempted (exit code 50001), after 1.2 h, about $1.17",
            "The run goes on after alexnet-first-1 (preempted)");
    assertThat(run.launch(asking(true)).how()).isEqualTo(How.SUCCEEDED);
    assertThat(proposed)
        .hasSize(2)
        .containsOnly(new Proposal(2, SPOT, Optional.empty(), "1.2 h, about $1.17"));
  }

  @Test
  void launch_ofAnAttemptThatFailedMeanwhile_saysHowAsIfItHadWatched() {
    run.exiting(1, HOUR, 78);
    run.launch(detached(order()));
    run.time.sleep(HOUR.multipliedBy(2));

    assertThatFailure(() -> run.launch(asking(true))).isOfKind(Failure.Kind.MISMATCH);

    assertThat(proposed).isEmpty();
    assertThat(run.attempts()).containsExactly("alexnet-first-1 spot zone-a SETTINGS");
  }

  private LaunchOrder asking(boolean answer) {
    LaunchOrder order = order();
    return new LaunchOrder(
        order.asked(),
        order.jobFile(),
        false,
        false,
        proposal -> {
          proposed.add(proposal);
          return answer;
        });
  }
}
