package dev.alexnet.ops.launch.life;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.batch.v1.JobStatus.State;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.ops.attempt.AttemptOutcome;
import dev.alexnet.ops.attempt.AttemptStart;
import dev.alexnet.ops.launch.life.RunLogs.ExecutionLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLogsTest {
  private static final String JOB = "alexnet-first-1";

  @TempDir private Path directory;
  private LaunchFixture run;

  @BeforeEach
  void prepare() {
    run = new LaunchFixture(directory);
    run.launch(LaunchFixture.detached(LaunchFixture.order()));
  }

  private RunLogs logs() {
    return new RunLogs(run.batch, run.store, run.time);
  }

  private void write(String name, String content) {
    run.store.write(run.places.attempts().resolve(name), LaunchFixture.bytes(content));
  }

  @Test
  void read_executionsOfAnAttempt_areInTheirOrder() {
    for (int number = 1; number <= 10; number++) {
      write(
          JOB + "-" + number + "/attempt.json",
          "{\"started\":\"" + number + "\",\"host\":\"h\",\"process\":7}");
      write(JOB + "-" + number + "/log-000001.txt", number + ": one\n");
      write(JOB + "-" + number + "/log-000002.txt", number + ": two\n");
    }
    write(
        JOB + "-2/outcome.json", "{\"ended\":\"later\",\"exit_code\":75,\"message\":\"stopped\"}");
    write("alexnet-first-10-1/log-000001.txt", "of another attempt\n");
    List<ExecutionLog> executions = logs().read(run.places, 1).executions();
    assertThat(executions).hasSize(10);
    assertThat(executions.get(1))
        .isEqualTo(
            new ExecutionLog(
                new AttemptStart("2", "h", 7),
                new AttemptOutcome("later", 75, "stopped"),
                "2: one\n2: two\n"));
    assertThat(executions.get(9).text()).isEqualTo("10: one\n10: two\n");
    assertThat(executions.get(9).outcome()).isNull();
  }

  @Test
  void read_attemptThatNeverBegan_hasTheEventsOfItsJob() {
    run.batch.say(JOB, "[Quota: NVIDIA_L4_GPUS, limit: 0, usage: 0, wanted: 2.]");
    RunLogs.AttemptLog log = logs().read(run.places, 0);
    assertThat(log.executions()).isEmpty();
    assertThat(log.uid()).isEqualTo("uid-alexnet-first-1");
    assertThat(log.events())
        .containsExactly(
            "2026-01-02T00:00:00Z [Quota: NVIDIA_L4_GPUS, limit: 0, usage: 0, wanted: 2.]");
  }

  @Test
  void read_numberOfNoAttempt_saysHowManyThereAre() {
    assertThatFailure(() -> logs().read(run.places, 2))
        .isOfKind(Failure.Kind.INPUT_MISSING)
        .hasMessage("The run first has no attempt 2; it had 1. 'alexnet status first' shows them");
  }

  @Test
  void follow_logThatGrows_showsEachPartOnceUntilTheJobEnds() {
    run.time.at(Duration.ofMinutes(1), () -> write(JOB + "-1/log-000001.txt", "one\n"));
    run.time.at(Duration.ofMinutes(2), () -> write(JOB + "-1/log-000002.txt", "two\n"));
    run.time.at(Duration.ofMinutes(4), () -> write(JOB + "-2/log-000001.txt", "resumed\n"));
    run.time.at(
        Duration.ofMinutes(5),
        () -> {
          write(JOB + "-2/log-000002.txt", "done\n");
          run.batch.enter(JOB, State.SUCCEEDED);
        });
    List<String> shown = new ArrayList<>();
    logs().follow(run.places, 0, shown::add, () -> false);
    assertThat(shown).containsExactly("one\n", "two\n", "resumed\n", "done\n");
    assertThat(run.time.passed()).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6));
  }

  @Test
  void follow_interrupted_stops() {
    run.time.at(Duration.ofMinutes(3), () -> run.interrupted = true);
    logs().follow(run.places, 1, text -> {}, () -> run.interrupted);
    assertThat(run.time.passed()).isLessThan(Duration.ofMinutes(4));
  }
}
