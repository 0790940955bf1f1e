package dev.alexnet.ops.command;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Injector;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.ops.cli.TypedLine;
import dev.alexnet.ops.job.JobStep;
import dev.alexnet.ops.planning.EffectiveJobFile;
import dev.alexnet.ops.planning.JobFile;
import dev.alexnet.ops.planning.JobPlanner;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A job of several trainings. */
class JobVariantsTest {
  private static final Injector INJECTOR = TypedLine.injector();

  private static final String SMALL =
      """
      synth:
      convert:
        size: 56
      train:
        preset: mini
        epochs: 1
      """;

  private static final String JOB =
      """
      synth:
        variants:
          fall:
            classes: 30
          small:
            classes: 10
      convert:
        size: 56
        variants:
          fall:
          small:
      train:
        preset: mini
        epochs: 2
        variants:
          one:
            data: small
            validation: small
            seed: 7
          first-stage:
            data: fall
          second-stage:
            data: small
            initial-model: first-stage
            rates: fc8=10@3
      score:
        data: small
        variants:
          one:
          both:
            model: one,second-stage
      compare:
      """;

  private static List<JobStep> plan(String yaml) {
    return INJECTOR
        .getInstance(JobPlanner.class)
        .plan(
            JobFile.read(yaml.getBytes(StandardCharsets.UTF_8), "job.yaml"),
            "job.yaml",
            new Location("run"),
            Map.of());
  }

  private static JobStep step(List<JobStep> steps, String name) {
    return steps.stream().filter(step -> step.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void plan_variants_areStepsWithDirectoriesOfTheirOwn() {
    List<JobStep> steps = plan(JOB);
    assertThat(steps)
        .extracting(step -> step.name() + " " + step.directory())
        .containsExactly(
            "synth-fall run/archives/fall",
            "synth-small run/archives/small",
            "convert-fall-train run/dataset/fall/train",
            "convert-small-train run/dataset/small/train",
            "convert-fall-validation run/dataset/fall/validation",
            "convert-small-validation run/dataset/small/validation",
            "train-one run/training/one",
            "train-first-stage run/training/first-stage",
            "train-second-stage run/training/second-stage",
            "score-one run/scores/one",
            "score-both run/scores/both",
            "compare run/comparison");
  }

  @Test
  void plan_variants_readWhatTheyNameOrWhatHasTheirName() {
    List<JobStep> steps = plan(JOB);
    assertThat(step(steps, "convert-fall-train").commandLine())
        .contains("--input=run/archives/fall", "--size=56");
    assertThat(step(steps, "train-second-stage").commandLine())
        .contains(
            "--data=run/dataset/small/train",
            "--initial-model=run/training/first-stage/model",
            "--rates=fc8=10@3",
            "--preset=mini");
    assertThat(step(steps, "train-second-stage").inputs())
        .contains(new Location("run/training/first-stage/model/model.json"));
    assertThat(step(steps, "score-one").commandLine())
        .contains("--model=run/training/one/model", "--data=run/dataset/small/validation");
    assertThat(step(steps, "score-both").commandLine())
        .containsSubsequence(
            "--model=run/training/one/model", "--model=run/training/second-stage/model");
    assertThat(step(steps, "compare").commandLine())
        .contains("run/scores/one", "run/scores/both", "--output=run/comparison");
  }

  @Test
  void plan_scoresOfKeptProbabilities_readTheScoresThatTheyNameAlone() {
    String job =
        JOB.replace("      model: one,second-stage\n", "")
            .replace(
                "    one:\n    both:\n",
                """
                    one:
                      keep-probabilities: true
                    second-stage:
                      keep-probabilities: true
                    both:
                      model: one,second-stage
                      probabilities: one,second-stage
                """);
    List<JobStep> steps = plan(job);
    assertThat(step(steps, "score-second-stage").commandLine())
        .contains("--keep-probabilities=true")
        .noneMatch(argument -> argument.startsWith("--probabilities"));
    assertThat(step(steps, "score-both").commandLine())
        .containsSubsequence(
            "--probabilities=run/scores/one", "--probabilities=run/scores/second-stage");
    assertThat(step(steps, "score-both").inputs())
        .contains(new Location("run/scores/one/scores.json"));
    String printed = EffectiveJobFile.of(steps);
    assertThat(printed).contains("      probabilities: \"one,second-stage\"\n");
    assertThat(EffectiveJobFile.of(plan(printed))).isEqualTo(printed);
  }

  @Test
  void printedJob_ofVariants_isPlannedTheSame() {
    List<JobStep> steps = plan(JOB);
    String printed = EffectiveJobFile.of(steps);
    assertThat(printed)
        .contains("train:\n  variants:\n    one:\n", "initial-model: first-stage", "seed: 7");
    List<JobStep> again = plan(printed);
    assertThat(again)
        .extracting(JobStep::name)
        .isEqualTo(steps.stream().map(JobStep::name).toList());
    assertThat(again)
        .extracting(JobStep::inputs)
        .isEqualTo(steps.stream().map(JobStep::inputs).toList());
    assertThat(EffectiveJobFile.of(again)).isEqualTo(printed);
  }

  @Test
  void plan_aTestSplit_isMadeOnlyIfItIsNamed() {
    List<JobStep> steps =
        plan(
            """
            convert:
              input: there
              train:
              test:
            train:
              epochs: 1
            score:
              data: test
            """);
    assertThat(steps)
        .extracting(JobStep::name)
        .containsExactly("convert-train", "convert-test", "train", "score");
    assertThat(step(steps, "score").commandLine()).contains("--data=run/dataset/test");
    assertThat(step(steps, "train").commandLine()).noneMatch(word -> word.contains("validation"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'  variants:\n' | line 2: 'variants' needs names",
        "'  variants: [a, b]\n' | line 2: the key 'variants' has a list; write each name as a key below it",
        "'  variants:\n    A b:\n' | line 3: the variant 'A b' must have a name of small letters",
        "'  variants:\n    a: 7\n' | line 3: the variant 'a' has a value; it takes options below it",
        "'  variants:\n    a:\n      clases: 7\n' | line 4: 'clases' is unknown in synth"
      })
  void plan_variantsThatMakeNoSense_areRefusedWithTheirLines(String variants, String message) {
    assertThatFailure(() -> plan("synth:\n" + variants))
        .isOfKind(Failure.Kind.USAGE)
        .hasMessageContaining(message);
  }

  @Test
  void plan_variantOfNoTraining_mustNameItsModel() {
    assertThatFailure(() -> plan(JOB.replace("    one:\n    both:", "    once:\n    both:")))
        .isOfKind(Failure.Kind.USAGE)
        .hasMessageContaining("'model'");
  }

  @Test
  void plan_nameThatIsNoVariantAmongVariants_isNamedWithItsLine() {
    assertThatFailure(() -> plan(JOB.replace("one,second-stage", "one,second-stag")))
        .isOfKind(Failure.Kind.USAGE)
        .hasMessageContaining(
            "job.yaml: line 31: 'model': 'second-stag' is not a variant that makes this; did you mean 'second-stage'?");
    assertThatFailure(() -> plan(JOB.replace("one,second-stage", "[one, second-stage]")))
        .isOfKind(Failure.Kind.USAGE)
        .hasMessageContaining(
            "the key 'model' has a list; write what it holds as one value, with commas: model: one,second-stage");
  }

  @Test
  void plan_variantThatIsMadeLater_isNamedWithItsLine() {
    assertThatFailure(
            () ->
                plan(
                    SMALL
                        + """
                          variants:
                            first:
                              initial-model: second
                              initial-layers: conv1
                            second:
                        """))
        .isOfKind(Failure.Kind.USAGE)
        .hasMessage(
            "job.yaml: line 9: 'initial-model': 'second' is made later than this; write that variant before the one that needs it");
  }

  @Test
  void plan_testSetThatNoStepMakes_isRefusedWithWhatToAdd() {
    assertThatFailure(() -> plan(SMALL + "score:\n  data: test\n"))
        .isOfKind(Failure.Kind.USAGE)
        .hasMessage(
            "job.yaml: line 8: 'data': no step makes 'test'; add the key 'test:' below 'convert'");
  }
}
