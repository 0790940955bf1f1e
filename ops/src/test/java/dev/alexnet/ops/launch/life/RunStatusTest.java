package dev.alexnet.ops.launch.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.json.Json;
import dev.alexnet.ops.console.Screen;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStatusTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir private Path directory;
  private LaunchFixture run;

  @BeforeEach
  void prepare() {
    run = new LaunchFixture(directory);
    run.exiting(1, HOUR, 50001).succeeding(2, HOUR);
    run.time.at(HOUR.plusMinutes(21), () -> run.interrupted = true);
    try {
      run.launch(LaunchFixture.order());
    } catch (RuntimeException e) {
      // It was detached.
    }
    run.store.write(
        run.places.trainings().resolve("metrics.jsonl"),
        LaunchFixture.bytes(LaunchFixture.metrics(1230, "train/loss", 4.5)));
  }

  private RunStatus status() {
    return new RunStatusReader(run.batch, run.store, run.time).read(run.places);
  }

  private static String withoutFractions(String text) {
    return text.replaceAll("(\\d\\.\\d\\d)\\d+", "$1");
  }

  @Test
  void read_runningRun_hasItsAttemptsAsJson() {
    assertThat(withoutFractions(new String(Json.document(status()), StandardCharsets.UTF_8)))
        .isEqualTo(
            """
            {
              "run" : "first",
              "workdir" : "%s",
              "state" : "running",
              "usage" : {
                "hours" : 1.65,
                "cost" : 1.65
              },
              "training" : {
                "step" : 1230,
                "loss" : 4.5,
                "images_per_second" : 512.4
              },
              "attempts" : [ {
                "number" : 1,
                "job" : "alexnet-first-1",
                "offer" : {
                  "provisioning" : "spot",
                  "zone" : "zone-a"
                },
                "state" : "preempted",
                "waited_seconds" : 60,
                "ran_seconds" : 3600,
                "usage" : {
                  "hours" : 1.16,
                  "cost" : 1.16
                },
                "end" : {
                  "cause" : "preempted",
                  "exit_code" : 50001,
                  "detail" : ""
                }
              }, {
                "number" : 2,
                "job" : "alexnet-first-2",
                "offer" : {
                  "provisioning" : "spot",
                  "zone" : "zone-a"
                },
                "state" : "running",
                "waited_seconds" : 60,
                "ran_seconds" : 1140,
                "usage" : {
                  "hours" : 0.48,
                  "cost" : 0.48
                },
                "end" : null
              } ]
            }
            """
                .formatted(run.places.workdir()));
  }

  @Test
  void of_runningRun_isATableOfAttempts() {
    assertThat(StatusTables.of(status(), Screen.NONE))
        .isEqualTo(
            """
            attempt  job              machine             waited          ran  hours   cost  state
            1        alexnet-first-1  spot in zone-a  1 min 00 s   1 h 00 min    1.2  $1.17  preempted
            2        alexnet-first-2  spot in zone-a  1 min 00 s  19 min 00 s    0.5  $0.48  running
            The run first in %s has used 1.7 h, about $1.65. Training: step 1,230, loss 4.500, 512 images/s"""
                .formatted(run.places.workdir()));
  }

  @Test
  void ofAll_runs_isARowForEach() {
    assertThat(StatusTables.ofAll(List.of(status()), Screen.NONE))
        .isEqualTo(
            """
            run    state    attempts  hours   cost  training
            first  running         2    1.7  $1.65  step 1,230, loss 4.500, 512 images/s""");
    assertThat(StatusTables.ofAll(List.of(), Screen.NONE))
        .isEqualTo("Batch lists no run of this environment");
  }

  @Test
  void read_attemptThatEndedUnseen_tellsItWithoutWriting() {
    run.time.sleep(HOUR);
    assertThat(status().state()).isEqualTo("succeeded");
    assertThat(run.attempts())
        .containsExactly(
            "alexnet-first-1 spot zone-a PREEMPTED", "alexnet-first-2 spot zone-a lives");
  }

  @Test
  void read_jobThatTheServiceDoesNotKnow_isUnknown() {
    run.batch.forget("alexnet-first-2");
    assertThat(status().state()).isEqualTo("unknown");
    assertThat(StatusTables.of(status(), Screen.NONE)).contains("Batch does not know it\n");
  }

  @Test
  void read_attemptThatWasNeverAccepted_isNotSubmittedAndHasWaitedForNothing() {
    run = new LaunchFixture(directory.resolve("other"));
    run.batch.beforeStoring =
        () -> {
          throw new AssertionError("killed");
        };
    assertThatThrownBy(() -> run.launch(LaunchFixture.order())).hasMessage("killed");
    run.time.sleep(HOUR);
    RunStatus status = status();
    assertThat(status.state()).isEqualTo("not_submitted");
    assertThat(StatusTables.of(status, Screen.NONE))
        .contains("spot in zone-a   0.0 s  0.0 s    0.0  $0.00  not submitted\n");
    assertThat(StatusTables.ofAll(List.of(status), Screen.NONE)).contains("  not submitted  ");
  }
}
