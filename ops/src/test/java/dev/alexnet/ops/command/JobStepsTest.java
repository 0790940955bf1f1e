package dev.alexnet.ops.command;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Injector;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.ops.cli.TypedLine;
import dev.alexnet.ops.job.EffectiveSetting;
import dev.alexnet.ops.job.EffectiveSetting.Origin;
import dev.alexnet.ops.job.JobStep;
import dev.alexnet.ops.parsing.CommandLines;
import dev.alexnet.ops.planning.JobFile;
import dev.alexnet.ops.planning.JobPlanner;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.IFactory;

class JobStepsTest {
  private static final Location WORKDIR = new Location("run");

  private final Injector injector = TypedLine.injector();
  private final JobPlanner planner = injector.getInstance(JobPlanner.class);
  private final IFactory factory = TypedLine.factory(injector);

  @Test
  void plan_builtInJob_wiresEachStepToTheOneBefore() {
    List<JobStep> steps = plan(RunCommand.embedded());

    assertThat(steps)
        .extracting(JobStep::name)
        .containsExactly(
            "synth",
            "convert-train",
            "convert-validation",
            "augment",
            "train",
            "score",
            "similar",
            "report");
    assertThat(steps)
        .extracting(step -> step.directory().value())
        .containsExactly(
            "run/archives",
            "run/dataset/train",
            "run/dataset/validation",
            "run/augmented",
            "run/training",
            "run/scores",
            "run/similar",
            "run/report");
    assertThat(steps.get(4).inputs())
        .extracting(Location::value)
        .containsExactlyInAnyOrder(
            "run/augmented/dataset.json", "run/dataset/validation/dataset.json");
    assertThat(steps.get(5).inputs())
        .extracting(Location::value)
        .containsExactlyInAnyOrder(
            "run/dataset/validation/dataset.json", "run/training/model/model.json");
    assertThat(steps.get(5).settings())
        .contains(
            new EffectiveSetting("data", "run/dataset/validation", Origin.JOB),
            new EffectiveSetting("model", "run/training/model", Origin.JOB),
            new EffectiveSetting("output", "run/scores", Origin.JOB),
            new EffectiveSetting("batch", "128", Origin.GIVEN));
    // Neighbours are searched in the converted images.
    assertThat(steps.get(6).inputs())
        .extracting(Location::value)
        .containsExactlyInAnyOrder(
            "run/dataset/train/dataset.json",
            "run/dataset/validation/dataset.json",
            "run/training/model/model.json");
    assertThat(steps.get(7).inputs())
        .extracting(Location::value)
        .containsExactlyInAnyOrder(
            "run/scores/scores.json",
            "run/similar/neighbours.json",
            "run/training/metrics.jsonl",
            "run/dataset/validation/dataset.json");
    assertThat(steps.get(7).settings())
        .containsExactly(
            new EffectiveSetting("scores", "run/scores", Origin.JOB),
            new EffectiveSetting("training", "run/training", Origin.JOB),
            new EffectiveSetting("model", "", Origin.DEFAULT),
            new EffectiveSetting("similar", "run/similar", Origin.JOB),
            new EffectiveSetting("data", "run/dataset/validation", Origin.JOB),
            new EffectiveSetting("output", "run/report", Origin.JOB));
  }

  @Test
  void commandLine_everyStepOfTheBuiltInJob_isOneThatAlexnetTakes() {
    List<JobStep> steps = plan(RunCommand.embedded());

    assertThat(steps.get(2).commandLine())
        .startsWith("convert")
        .contains("--split=validation", "--input=run/archives", "--output=run/dataset/validation");
    for (JobStep step : steps) {
      String[] line = step.commandLine().toArray(String[]::new);
      List<Exception> errors = CommandLines.of(Commands.under(factory)).parseArgs(line).errors();
      assertThat(errors).as(step.name()).isEmpty();
    }
  }

  @Test
  void plan_withoutAugment_trainsOnWhatWasConverted() {
    List<JobStep> steps = plan("synth:\nconvert:\n  train:\ntrain:\n  epochs: 1\n");

    assertThat(steps).extracting(JobStep::name).containsExactly("synth", "convert-train", "train");
    assertThat(steps.get(2).settings())
        .contains(
            new EffectiveSetting("data", "run/dataset/train", Origin.JOB),
            new EffectiveSetting("validation", "", Origin.DEFAULT));
  }

  @Test
  void plan_reportWithoutTraining_showsScoresOnly() {
    List<JobStep> steps = plan("score:\n  data: set\n  model: net\nreport:\n");

    assertThat(steps).extracting(JobStep::name).containsExactly("score", "report");
    assertThat(steps.get(1).settings())
        .contains(
            new EffectiveSetting("scores", "run/scores", Origin.JOB),
            new EffectiveSetting("training", "", Origin.DEFAULT));
  }

  @Test
  void plan_noStepMakesTheInput_takesItFromTheFile() {
    List<JobStep> steps = plan("convert:\n  input: gs://bucket/imagenet\n");

    assertThat(steps)
        .extracting(JobStep::name)
        .containsExactly("convert-train", "convert-validation");
    assertThat(steps)
        .allSatisfy(
            step -> {
              assertThat(step.inputs()).isEmpty();
              assertThat(step.settings())
                  .contains(new EffectiveSetting("input", "gs://bucket/imagenet", Origin.GIVEN));
            });
  }

  @Test
  void plan_keyInPart_standsInPlaceOfTheCommonOne() {
    List<JobStep> steps =
        plan("synth:\nconvert:\n  shards: 8\n  train:\n  validation:\n    shards: 2\n");

    assertThat(steps.get(1).settings()).contains(new EffectiveSetting("shards", "8", Origin.GIVEN));
    assertThat(steps.get(2).settings()).contains(new EffectiveSetting("shards", "2", Origin.GIVEN));
  }

  @Test
  void plan_mistakesInSeveralSections_reportsThemAtOnce() {
    assertThatFailure(
            () ->
                plan(
                    """
                    synht:
                      classes: 10
                    convert:
                      size: 8
                      train:
                        shard: 4
                    score: all
                    train:
                      epochs: 1
                    """))
        .isOfKind(Failure.Kind.USAGE)
        .hasMessage(
            """
            job.yaml: 4 problems:
              line 1: the section 'synht' is unknown; did you mean 'synth'?
              line 4: Invalid value for 'size': '8'; it must be 16 to 4096
              line 6: 'shard' is unknown in convert; did you mean 'shards'?
              line 7: 'score' has a value; it is a section, with keys below it""");
  }

  @Test
  void plan_unknownKeyBesideParts_knowsTheParts() {
    assertThatFailure(() -> plan("convert:\n  input: x\n  validatoin:\n    shards: 2\n"))
        .hasMessage(
            "job.yaml: line 3: 'validatoin' is unknown in convert; did you mean 'validation'?");
    assertThatFailure(() -> plan("convert:\n  input: x\n  everything:\n"))
        .hasMessageContaining("'everything' is unknown in convert; known are class-order, ")
        .hasMessageContaining(", size, test, train, unpack-to, validation");
  }

  @Test
  void plan_wrongNameOfAClosedChoice_isToldWithAllOthers() {
    assertThatFailure(() -> plan("train:\n  data: d\n  preset: minni\n  epochs: -1\n"))
        .hasMessage(
            """
            job.yaml: 2 problems:
              line 3: Invalid value for 'preset': 'minni'; did you mean 'mini'?
              line 4: Invalid value for 'epochs': '-1'; it must be at least 0""");
  }

  @Test
  void plan_withOptionsOfTheMachine_replacesThoseOfTheJobFile() {
    List<JobStep> steps =
        plan(
            """
            train:
              data: d
              steps: 1
              require-gpus: 1
              cache: 2G
            """,
            Map.of("require-gpus", "2", "scratch", "/mnt/scratch"));

    assertThat(steps.get(0).settings())
        .contains(
            new EffectiveSetting("require-gpus", "2", Origin.GIVEN, true),
            new EffectiveSetting("scratch", "/mnt/scratch", Origin.GIVEN, true),
            new EffectiveSetting("cache", "2G", Origin.GIVEN, true));
    assertThat(steps.get(0).commandLine())
        .contains("--require-gpus=2", "--scratch=/mnt/scratch", "--cache=2G")
        .doesNotContain("--require-gpus=1");
  }

  @Test
  void plan_withOptionsOfTheMachineThatNoStepHas_isRefused() {
    assertThatFailure(() -> plan("synth:\n  classes: 2\n", Map.of("scratch", "s", "cache", "1G")))
        .isOfKind(Failure.Kind.USAGE)
        .hasMessage("job.yaml: only a section 'train' takes cache, scratch, and there is none");
  }

  @Test
  void plan_emptyFile_isRefused() {
    assertThatFailure(() -> plan("# nothing\n"))
        .isOfKind(Failure.Kind.USAGE)
        .hasMessage(
            "job.yaml: there is no section; the sections are synth, convert, augment, train, score,"
                + " similar, report, compare");
  }

  private List<JobStep> plan(String yaml) {
    return plan(yaml.getBytes(StandardCharsets.UTF_8));
  }

  private List<JobStep> plan(String yaml, Map<String, String> ofMachine) {
    return plan(yaml.getBytes(StandardCharsets.UTF_8), ofMachine);
  }

  private List<JobStep> plan(byte[] yaml) {
    return plan(yaml, Map.of());
  }

  private List<JobStep> plan(byte[] yaml, Map<String, String> ofMachine) {
    return planner.plan(JobFile.read(yaml, "job.yaml"), "job.yaml", WORKDIR, ofMachine);
  }
}
