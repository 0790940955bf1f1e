package dev.alexnet.pipelines.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.junit.jupiter.api.Test;

class PipelineRunTest {

  @Test
  void prepared_directOptionsLeftOpen_areChosenForSpeed() {
    DirectOptions options =
        PipelineRun.prepared(PipelineOptionsFactory.create()).as(DirectOptions.class);

    assertThat(options.getTargetParallelism())
        .isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(options.isEnforceImmutability()).isFalse();
    assertThat(options.isEnforceEncodability()).isFalse();
    assertThat(options.isBlockOnRun()).isFalse();
  }

  @Test
  void prepared_directOptionsThatWereChosen_areKept() {
    PipelineOptions chosen =
        PipelineOptionsFactory.fromArgs(
                "--targetParallelism=7",
                "--enforceImmutability=true",
                "--enforceEncodability=true",
                "--jobName=mine")
            .create();

    DirectOptions options = PipelineRun.prepared(chosen).as(DirectOptions.class);

    assertThat(options.getTargetParallelism()).isEqualTo(7);
    assertThat(options.isEnforceImmutability()).isTrue();
    assertThat(options.isEnforceEncodability()).isTrue();
    assertThat(options.getJobName()).isEqualTo("mine");
  }

  @Test
  void await_pipeline_reportsItsCounters() {
    Pipeline pipeline = pipeline(new CountFn());
    List<Long> seen = new ArrayList<>();

    Counters counters =
        PipelineRun.await(pipeline, counts -> seen.add(counts.of(CountFn.class, "elements")));

    assertThat(counters.of(CountFn.class, "elements")).isEqualTo(3);
    assertThat(counters.of(CountFn.class, "others")).isZero();
    assertThat(seen).isSorted().last().isEqualTo(3L);
  }

  @Test
  void await_functionThatFails_givesItsFailure() {
    Pipeline pipeline = pipeline(new FailFn());

    assertThatThrownBy(() -> PipelineRun.await(pipeline, counts -> {}))
        .isInstanceOf(Failure.class)
        .hasMessage("3 is one too many");
  }

  private static Pipeline pipeline(DoFn<Integer, Void> function) {
    Pipeline pipeline = Pipeline.create(PipelineRun.prepared(PipelineOptionsFactory.create()));
    pipeline.apply("Numbers", Create.of(1, 2, 3)).apply("Work", ParDo.of(function));
    return pipeline;
  }

  static final class CountFn extends DoFn<Integer, Void> {
    private static final long serialVersionUID = 1L;
    private final Counter elements = Metrics.counter(CountFn.class, "elements");

    @ProcessElement
    public void process() {
      elements.inc();
    }
  }

  static final class FailFn extends DoFn<Integer, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Integer number) {
      if (number == 3) {
        throw new Failure(Failure.Kind.BAD_DATA, "3 is one too many");
      }
    }
  }
}
