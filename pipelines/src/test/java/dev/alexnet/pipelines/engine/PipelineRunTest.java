package dev.alexnet.pipelines.engine;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.pipelines.features.FeaturesSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineRunTest {
  private static final Location OUTPUT = new Location("gs://bucket/runs/first/Dataset_1");
  private static final PipelineRun RUN = new PipelineRun(PipelineOptionsFactory.create());

  private static PipelineOptions prepared(PipelineOptions options) {
    return new PipelineRun(options).pipeline("count", OUTPUT).getOptions();
  }

  @Test
  void pipeline_jobWithoutAName_isNamedByItsWorkAndItsOutput() {
    assertThat(prepared(PipelineOptionsFactory.create()).getJobName())
        .matches("alexnet-count-dataset-1-[0-9a-f]{8}");
  }

  @Test
  void pipeline_otherOutputOfTheSameName_hasAnotherJobName() {
    String there =
        new PipelineRun(PipelineOptionsFactory.create())
            .pipeline("count", new Location("elsewhere/Dataset_1"))
            .getOptions()
            .getJobName();

    assertThat(there)
        .startsWith("alexnet-count-dataset-1-")
        .isNotEqualTo(prepared(PipelineOptionsFactory.create()).getJobName());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "\u732b",
        "-",
        "a_very_long_name_of_a_dataset_that_is_longer_than_engines_allow_for_jobs"
      })
  void jobName_anyOutput_isLegalOnEachEngine(String output) {
    assertThat(JobName.of("convert", new Location(output)))
        .matches("alexnet-convert(-[a-z0-9]+)*-[0-9a-f]{8}")
        .hasSizeLessThanOrEqualTo(63);
  }

  @Test
  void create_detachFromAnEngineInThisProcess_isRefused() {
    PipelineOptions options = PipelineOptionsFactory.fromArgs("--detachOnInterrupt").create();

    assertThatFailure(() -> new PipelineRun(options))
        .isOfKind(Failure.Kind.USAGE)
        .hasMessage(
            "--detachOnInterrupt is not possible with --runner=DirectRunner and its other options, because the job ends with this process; leave it out");
  }

  @Test
  void forWorkers_jobOfAnEarlierCommandInTheOutput_waitsForItsEnd() {
    Location output = new Location("gs://bucket/features");
    EndingJob earlier = new EndingJob(JobName.of("augment", output));
    List<String> told = new ArrayList<>();
    FeaturesSettings settings = featuresIn(output);

    FeaturesSettings usable =
        new PipelineRun(PipelineOptionsFactory.create(), new NoWait(), earlier, told::add)
            .forWorkers(FeaturesSettings.DEFINITION, settings);

    assertThat(usable).isEqualTo(settings);
    assertThat(earlier.questions).isEqualTo(3);
    assertThat(told)
        .containsExactly(
            "The job %s of an earlier command is still working in gs://bucket/features; waiting for it to end. If you do not need what it makes, cancel it there"
                .formatted(earlier.name));
  }

  @Test
  void forWorkers_jobInAnotherOutput_isOfNoConcern() {
    EndingJob other = new EndingJob(JobName.of("features", new Location("gs://bucket/other")));

    new PipelineRun(PipelineOptionsFactory.create(), new NoWait(), other, notice -> fail(notice))
        .forWorkers(FeaturesSettings.DEFINITION, featuresIn(new Location("gs://bucket/features")));

    assertThat(other.questions).isEqualTo(1);
  }

  private static FeaturesSettings featuresIn(Location output) {
    return FeaturesSettings.builder()
        .set(FeaturesSettings.DATA, new Location("gs://bucket/data"))
        .set(FeaturesSettings.MODEL, new Location("gs://bucket/model"))
        .set(FeaturesSettings.OUTPUT, output)
        .build();
  }

  /** A job that has ended when it is asked for the third time. */
  private static final class EndingJob implements ClusterJobs {
    private final String name;
    private int questions;

    EndingJob(String name) {
      this.name = name;
    }

    @Override
    public Optional<String> active(Predicate<String> wanted) {
      questions++;
      return questions < 3 && wanted.test(name) ? Optional.of(name) : Optional.empty();
    }

    @Override
    public Optional<String> obstacle(String job) {
      return Optional.empty();
    }
  }

  @Test
  void inferenceHints_unknownForm_isRefused() {
    PipelineOptions options = PipelineOptionsFactory.fromArgs("--inferenceAccelerator=l4").create();

    assertThatFailure(() -> new PipelineRun(options).inferenceHints())
        .isOfKind(Failure.Kind.USAGE)
        .hasMessage(
            "--inferenceAccelerator is 'l4'; it must be such as 'type:nvidia-l4;count:1;install-nvidia-driver'");
  }

  @Test
  void metrics_afterARun_areThoseOfItsCounters() {
    RUN.await(pipeline(new WorkFn()), counts -> {});

    assertThat(RUN.metrics())
        .isEqualTo(
            new RunMetrics(
                prepared(PipelineOptionsFactory.create()).getJobName(), 3, 1, 30_000, 2));
    assertThat(RUN.metrics().details()).isEqualTo("1 rejected  2 retried  29K written");
  }

  @Test
  void prepared_directOptionsLeftOpen_areChosenForSpeed() {
    DirectOptions options = prepared(PipelineOptionsFactory.create()).as(DirectOptions.class);

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

    DirectOptions options = prepared(chosen).as(DirectOptions.class);

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
        RUN.await(pipeline, counts -> seen.add(counts.of(CountFn.class, "elements")));

    assertThat(counters.of(CountFn.class, "elements")).isEqualTo(3);
    assertThat(counters.of(CountFn.class, "others")).isZero();
    assertThat(seen).isSorted().last().isEqualTo(3L);
  }

  @Test
  void await_functionThatFails_givesItsFailure() {
    Pipeline pipeline = pipeline(new FailFn());

    assertThatThrownBy(() -> RUN.await(pipeline, counts -> {}))
        .isInstanceOf(Failure.class)
        .hasMessage("3 is one too many");
  }

  private static Pipeline pipeline(DoFn<Integer, Void> function) {
    Pipeline pipeline = RUN.pipeline("count", OUTPUT);
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

  static final class WorkFn extends DoFn<Integer, Void> {
    private static final long serialVersionUID = 1L;
    private final Counter images = WorkCounters.images();
    private final Counter rejected = WorkCounters.rejected();
    private final Counter bytes = WorkCounters.bytes();
    private final Counter retries = WorkCounters.retries();

    @ProcessElement
    public void process(@Element Integer number) {
      images.inc();
      rejected.inc(number == 1 ? 1 : 0);
      bytes.inc(10_000);
      retries.inc(number == 2 ? 2 : 0);
    }
  }
}
