package dev.alexnet.pipelines.score;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.ClassLabel;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.Rejection;
import dev.alexnet.model.prediction.InferenceSettings;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.pipelines.evaluate.EvaluateSettings;
import dev.alexnet.pipelines.evaluate.Evaluation;
import dev.alexnet.pipelines.evaluate.Evaluator;
import dev.alexnet.pipelines.fixture.MetaBuilder;
import dev.alexnet.pipelines.output.RejectedRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** Scorings with a devkit, which write the file that a challenge takes. */
class ScoreSubmissionTest extends ScoringTest {
  /** The ids of the four classes are not in the order of their labels. */
  private static Location devkit(String name, int classes) throws IOException {
    int[] ids = {3, 1, 4, 2, 6, 5};
    MetaBuilder meta = new MetaBuilder();
    for (int label = 0; label < classes; label++) {
      meta.add(ids[label], "n%08d".formatted(label), "bar " + label, 0);
    }
    Path file = directory.resolve(name);
    Files.write(file, meta.build());
    return Location.of(file);
  }

  private static Scores scoreWithDevkit(Dataset dataset, String output, Location devkit) {
    return new ScorePipeline(ObjectStores.standard())
        .run(
            ScoreSettings.builder()
                .set(ScoreSettings.DATA, dataset.location())
                .set(ScoreSettings.MODEL, List.of(training.model()))
                .set(ScoreSettings.OUTPUT, Location.of(directory.resolve(output)))
                .set(ScoreSettings.DEVKIT, devkit)
                .set(InferenceSettings.BATCH, 16)
                .set(RejectedRecords.ALLOWED, 1L)
                .build(),
            PipelineOptionsFactory.create(),
            Progress.SILENT);
  }

  @Test
  void run_withADevkit_writesASubmissionThatEvaluatesToTheSameErrors() throws IOException {
    Location devkit = devkit("meta.mat", 6);
    score(validation, "submitted", 16);
    Scores scores = scoreWithDevkit(validation, "submitted", devkit);
    Path submission = directory.resolve("submitted/submission.txt");
    List<Prediction> byName =
        rows("submitted").stream().sorted(Comparator.comparing(Prediction::image)).toList();
    List<String> lines = Files.readAllLines(submission);
    int[] ids = {3, 1, 4, 2};
    assertThat(lines).hasSize(IMAGES);
    assertThat(lines.get(7))
        .isEqualTo(
            byName.get(7).top5().stream()
                .map(label -> String.valueOf(ids[label]))
                .collect(Collectors.joining(" ")));
    Path truth = directory.resolve("truth.txt");
    Files.write(truth, byName.stream().map(row -> "" + ids[(int) row.label()]).toList());

    Evaluation evaluation =
        new Evaluator(ObjectStores.standard())
            .run(
                EvaluateSettings.builder()
                    .set(EvaluateSettings.SUBMISSION, Location.of(submission))
                    .set(EvaluateSettings.TRUTH, Location.of(truth))
                    .set(EvaluateSettings.DEVKIT, devkit)
                    .build());

    assertThat(scores.counts().tied()).isZero();
    assertThat(evaluation.images()).isEqualTo(scores.counts().scored());
    assertThat(evaluation.flat()).isEqualTo(scores.rates().errors());
    assertThat(scores.rates().top1Error()).isBetween(0.01, 0.99);
  }

  @Test
  void run_withADevkit_leavesPicturesWithoutPredictionToEvaluateAsWrong() throws IOException {
    Dataset broken =
        DatasetFixture.writeWithBrokenImage(directory.resolve("gap"), "validation", 56, 4, 20);
    // The first by name, validation0.JPEG, is the broken one; this one comes last.
    Rejection rejected =
        new Rejection("validation99.JPEG", "images.tar", 512, "TRUNCATED", "it ends early");
    Files.writeString(directory.resolve("gap/rejected.jsonl"), Json.line(rejected) + "\n");
    Location devkit = devkit("meta-gap.mat", 4);
    Scores scores = scoreWithDevkit(broken, "gapscores", devkit);
    Path submission = directory.resolve("gapscores/submission.txt");
    assertThat(Files.readAllLines(submission))
        .hasSize(21)
        .startsWith("0 0 0 0 0")
        .endsWith("0 0 0 0 0");
    int[] ids = {3, 1, 4, 2};
    List<String> truth =
        rows("gapscores").stream()
            .sorted(Comparator.comparing(Prediction::image))
            .map(row -> "" + ids[(int) row.label()])
            .collect(Collectors.toList());
    truth.add("1");
    Path truthFile = Files.write(directory.resolve("gap-truth.txt"), truth);

    Evaluation evaluation =
        new Evaluator(ObjectStores.standard())
            .run(
                EvaluateSettings.builder()
                    .set(EvaluateSettings.SUBMISSION, Location.of(submission))
                    .set(EvaluateSettings.TRUTH, Location.of(truthFile))
                    .set(EvaluateSettings.DEVKIT, devkit)
                    .build());

    assertThat(scores.counts().scored()).isEqualTo(19);
    assertThat(evaluation.images()).isEqualTo(21);
    assertThat(evaluation.withoutGuess()).isEqualTo(2);
    for (int k = 0; k < 5; k++) {
      assertThat(21 * evaluation.flat().get(k).error())
          .isCloseTo(19 * scores.rates().errors().get(k).error() + 2, within(1e-9));
    }
    assertThat(scores.warnings())
        .singleElement(InstanceOfAssertFactories.STRING)
        .startsWith(
            "2 lines of " + submission + " are 0 0 0 0 0, for pictures without a prediction")
        .contains("'alexnet evaluate' counts them as wrong; scores.json leaves them out");
  }

  @Test
  void run_withADevkitAndARecordThatCannotBeRead_shiftsNoOtherLine() throws IOException {
    List<DatasetFixture.Named> images =
        IntStream.rangeClosed(1, 12)
            .mapToObj(
                number ->
                    new DatasetFixture.Named(
                        "ILSVRC2012_val_%08d.JPEG".formatted(number), number % 4, number))
            .toList();
    List<ClassLabel> classes = validation.manifest().classes();
    Dataset sound = DatasetFixture.write(directory.resolve("numbered"), "val", 56, classes, images);
    Location devkit = devkit("meta-numbered.mat", 4);
    scoreWithDevkit(sound, "numbered-scores", devkit);
    List<String> expected = Files.readAllLines(directory.resolve("numbered-scores/submission.txt"));
    String lost = rows("numbered-scores").get(0).image();
    expected.set(Integer.parseInt(lost.replaceAll(".*_0*|\\..*", "")) - 1, "0 0 0 0 0");

    Dataset damaged = DatasetFixture.rewriteFirstShard(sound, List.of(new byte[] {1, 2, 3}));
    scoreWithDevkit(damaged, "damaged-scores", devkit);

    assertThat(Files.readAllLines(directory.resolve("damaged-scores/submission.txt")))
        .isEqualTo(expected);
  }

  @Test
  void run_withADevkitOfOtherClasses_isRefusedBeforeAnythingIsScored() throws IOException {
    Location devkit = devkit("meta-few.mat", 3);
    assertThatFailure(() -> scoreWithDevkit(validation, "unwritten", devkit))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessageContaining("only in the first: n00000003");
    assertThat(directory.resolve("unwritten")).doesNotExist();
  }
}
