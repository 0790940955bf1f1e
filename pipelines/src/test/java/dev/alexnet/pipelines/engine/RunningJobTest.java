package dev.alexnet.pipelines.engine;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.alexnet.infra.failure.Failure;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricResults;
import org.junit.jupiter.api.Test;

class RunningJobTest {
  private static final Engine FLINK =
      new Engine("FlinkRunner", JsonNodeFactory.instance.objectNode().put("flinkMaster", "host:1"));

  /** In nanoseconds. */
  private long now;

  private RunningJob job(Supplier<PipelineResult.State> state) {
    return new RunningJob(FLINK, "alexnet-x", new AskedResult(state), new NoWait(), () -> now);
  }

  @Test
  void isEnded_oneQuestionTakesAMinute_isAFailureOfTheRemoteService() {
    RunningJob job =
        job(
            () -> {
              now += Duration.ofSeconds(60).toNanos();
              throw new IllegalStateException("Connection refused");
            });

    assertThatFailure(job::isEnded)
        .isOfKind(Failure.Kind.REMOTE)
        .hasMessage(
            "The Flink job alexnet-x at host:1 gives no answer any more. It may still be running: look at it there before you run the command again");
  }

  @Test
  void isEnded_silencesWithAnswersBetween_goesOn() {
    boolean[] answers = new boolean[1];
    RunningJob job =
        job(
            () -> {
              now += Duration.ofSeconds(45).toNanos();
              answers[0] = !answers[0];
              return answers[0] ? PipelineResult.State.RUNNING : PipelineResult.State.UNKNOWN;
            });

    for (int question = 0; question < 10; question++) {
      assertThat(job.isEnded()).isFalse();
      assertThat(job.isAnswering()).isEqualTo(question % 2 == 0);
    }
  }

  /** A job of which only the state is asked. */
  private record AskedResult(Supplier<State> state) implements PipelineResult {
    @Override
    public State getState() {
      return state.get();
    }

    @Override
    public State cancel() {
      throw new UnsupportedOperationException();
    }

    @Override
    public State waitUntilFinish(org.joda.time.Duration most) {
      throw new UnsupportedOperationException();
    }

    @Override
    public State waitUntilFinish() {
      throw new UnsupportedOperationException();
    }

    @Override
    public MetricResults metrics() {
      throw new UnsupportedOperationException();
    }
  }
}
