package dev.alexnet.pipelines.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.DirectoryLock;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.ClassLabel;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.dataset.Rejection;
import dev.alexnet.model.prediction.ModelDescription;
import dev.alexnet.model.prediction.Predictor;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.testing.ModelFixture;
import dev.alexnet.model.training.LearningPlan;
import dev.alexnet.model.training.Trainer;
import dev.alexnet.model.training.TrainingResult;
import dev.alexnet.model.training.TrainingSettings;
import dev.alexnet.pipelines.evaluate.EvaluateSettings;
import dev.alexnet.pipelines.evaluate.Evaluation;
import dev.alexnet.pipelines.fixture.MetaBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScorePipelineTest {
  private static final int IMAGES = 53;

  @TempDir static Path directory;
  private static Dataset data;
  private static Dataset validation;
  private static TrainingResult training;

  @BeforeAll
  static void train() {
    data = DatasetFixture.write(directory.resolve("train"), "train", 56, 4, 120);
    validation = DatasetFixture.write(directory.resolve("validation"), "validation", 56, 4, IMAGES);
    TrainingSettings settings =
        new TrainingSettings(
            data.location(),
            validation.location(),
            Location.of(directory.resolve("work")),
            "mini",
            "",
            0,
            20,
            16,
            "fp32",
            LearningPlan.of(0.01, "constant"),
            "cpu:0,cpu:1",
            0,
            "auto",
            10,
            1,
            false,
            10);
    training =
        Trainer.train(
            settings,
            ObjectStores.standard(),
            Progress.SILENT,
            notice -> {},
            Clock.systemUTC(),
            () -> false);
  }

  private static Scores score(Dataset dataset, String output, int batch, String... options) {
    return score(dataset, output, 1, batch, options);
  }

  private static Scores score(
      Dataset dataset, String output, int views, int batch, String... options) {
    return score(dataset, List.of(training.model()), output, views, batch, 0, options);
  }

  private static Scores score(
      Dataset dataset,
      List<Location> models,
      String output,
      int views,
      int batch,
      long maxRejected,
      String... options) {
    return ScorePipeline.run(
        new ScoreSettings(
            dataset.location(),
            models,
            List.of(),
            Location.of(directory.resolve(output)),
            null,
            views,
            batch,
            maxRejected),
        PipelineOptionsFactory.fromArgs(options).create(),
        Progress.SILENT);
  }

  private static List<Prediction> rows(String output) throws IOException {
    Path file = directory.resolve(output).resolve("predictions.jsonl");
    return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
        .map(line -> Json.read(line.getBytes(StandardCharsets.UTF_8), Prediction.class, file))
        .toList();
  }

  @Test
  void run_onTheValidationSet_givesTheErrorsThatTrainingSaw() throws IOException {
    Scores scores = score(validation, "same", 7);
    assertThat(scores.images()).isEqualTo(IMAGES);
    assertThat(scores.scored()).isEqualTo(IMAGES);
    assertThat(scores.top1Error()).isCloseTo(training.top1Error(), within(1e-6));
    assertThat(scores.top5Error()).isZero();
    assertThat(scores.top1Interval()).isEqualTo(Interval.of(scores.top1Error(), IMAGES));
    assertThat(scores.top5Interval()).isEqualTo(Interval.of(0, IMAGES));
    assertThat(rows("same")).hasSize(IMAGES).extracting(Prediction::image).doesNotHaveDuplicates();
    double credits = rows("same").stream().mapToDouble(Prediction::top1Credit).sum();
    assertThat(1 - credits / IMAGES).isCloseTo(scores.top1Error(), within(1e-9));
    assertThat(directory.resolve("same/.score")).doesNotExist();
  }

  @Test
  void run_withOtherBatchesAndWorkers_givesTheSameTotalsAndRows() throws IOException {
    Scores one = score(validation, "one", 1, "--targetParallelism=1");
    Scores many = score(validation, "many", 64, "--targetParallelism=4");
    assertThat(many.top1Error()).isEqualTo(one.top1Error());
    assertThat(rows("many"))
        .extracting(Prediction::image)
        .isEqualTo(rows("one").stream().map(Prediction::image).toList());
    assertThat(rows("many"))
        .extracting(Prediction::top1Credit)
        .isEqualTo(rows("one").stream().map(Prediction::top1Credit).toList());
  }

  @Test
  void run_withTenViews_saysSoAndIsNotTakenForOneView() throws IOException {
    Scores ten = score(validation, "ten", 10, 64);
    score(validation, "centre", 64);
    assertThat(ten.views()).isEqualTo(10);
    assertThat(ten.scored()).isEqualTo(IMAGES);
    assertThat(rows("ten"))
        .extracting(Prediction::probabilities)
        .isNotEqualTo(rows("centre").stream().map(Prediction::probabilities).toList());
    assertThatThrownBy(() -> score(validation, "ten", 64))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.OUTPUT_EXISTS))
        .hasMessageContaining("other views");
  }

  @Test
  void run_again_leavesTheScoresAlone() throws IOException {
    score(validation, "again", 16);
    Path file = directory.resolve("again/scores.json");
    var before = Files.getLastModifiedTime(file);
    score(validation, "again", 16);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(before);
  }

  @Test
  void run_againAfterRowsWereLostOrDamaged_scoresAgainAndSaysWhich() throws IOException {
    Scores first = score(validation, "mended", 16);
    Path rows = directory.resolve("mended/predictions.jsonl");
    byte[] whole = Files.readAllBytes(rows);
    byte[] flipped = whole.clone();
    flipped[whole.length / 2] ^= 1;
    for (byte[] damaged : List.of(new byte[0], Arrays.copyOf(whole, 100), flipped)) {
      Files.delete(rows);
      if (damaged.length > 0) {
        Files.write(rows, damaged);
      }
      assertThat(ScorePipeline.isIntact(Location.of(directory.resolve("mended")))).isFalse();

      Scores again = score(validation, "mended", 16);

      assertThat(rows).hasBinaryContent(whole);
      assertThat(again.warnings())
          .containsExactly("Lost or damaged, and so written again: predictions.jsonl");
      assertThat(score(validation, "mended", 16)).isEqualTo(first);
      assertThat(ScorePipeline.isIntact(Location.of(directory.resolve("mended")))).isTrue();
    }
  }

  @Test
  void run_intoScoresOfAnotherDataset_isRefused() {
    score(validation, "taken", 16);
    assertThatThrownBy(() -> score(data, "taken", 16))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.OUTPUT_EXISTS))
        .hasMessageContaining("another dataset or model");
  }

  @Test
  void run_onARecordThatDoesNotDecode_countsItAndScoresTheRest() throws IOException {
    Dataset broken =
        DatasetFixture.writeWithBrokenImage(directory.resolve("broken"), "validation", 56, 4, 20);
    assertThatThrownBy(() -> score(broken, "brokenscores", 8))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.BAD_DATA))
        .hasMessageContaining("1 of 20 records cannot be decoded; the settings allow 0");
    // Everything was written before: with the budget raised, nothing is scored again.
    Scores scores = score(broken, List.of(training.model()), "brokenscores", 1, 8, 1);
    assertThat(scores.images()).isEqualTo(20);
    assertThat(scores.scored()).isEqualTo(19);
    assertThat(scores.undecodable()).isEqualTo(1);
    assertThat(rows("brokenscores"))
        .filteredOn(row -> row.status().startsWith("undecodable: "))
        .hasSize(1);
  }

  @Test
  void run_onAShardWhoseBytesWereChanged_saysFileAndOffset() throws IOException {
    Dataset changed = DatasetFixture.write(directory.resolve("changed"), "validation", 56, 4, 20);
    Path shard = directory.resolve("changed/validation-00001-of-00002.tfrecord");
    byte[] bytes = Files.readAllBytes(shard);
    bytes[bytes.length - 100] ^= 1;
    Files.write(shard, bytes);
    assertThatThrownBy(() -> score(changed, "changedscores", 8))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.BAD_DATA))
        .hasMessageContaining("validation-00001-of-00002.tfrecord at byte");
    assertThat(directory.resolve("changedscores/scores.json")).doesNotExist();
  }

  @Test
  void run_givesTheErrorsWithinOneToFiveGuessesAndWhatWasScored() throws IOException {
    Scores scores = score(validation, "facts", 10, 30);
    assertThat(scores.errors()).extracting(ErrorWithin::guesses).containsExactly(1, 2, 3, 4, 5);
    assertThat(scores.errors().get(0).error()).isEqualTo(scores.top1Error());
    assertThat(scores.errors().get(4).interval()).isEqualTo(scores.top5Interval());
    for (int k = 1; k <= 5; k++) {
      int guesses = k;
      double credits = rows("facts").stream().mapToDouble(row -> row.rank().credit(guesses)).sum();
      assertThat(scores.errors().get(k - 1).error()).isCloseTo(1 - credits / IMAGES, within(1e-9));
    }
    assertThat(scores.views()).isEqualTo(10);
    assertThat(scores.batch()).isEqualTo(30);
    assertThat(scores.classes()).isEqualTo(4);
    assertThat(scores.rejected()).isZero();
    assertThat(scores.datasetHash()).isEqualTo(validation.hash());
    ModelDescription model = Predictor.describe(ObjectStores.standard(), training.model());
    assertThat(scores.models())
        .containsExactly(
            new ScoredModel(
                training.model().value(), model.savedModelHash(), 1, "mini", 20, data.hash()));
    assertThat(scores.modelHash()).isEqualTo(model.savedModelHash());
  }

  @Test
  void run_withTwoModels_scoresTheMeanOfWhatEachSays() throws IOException {
    Location other = ModelFixture.write(directory.resolve("other-model"), data, 5);
    score(validation, List.of(training.model()), "of-first", 1, 16, 0);
    score(validation, List.of(other), "of-other", 1, 16, 0);
    Scores both = score(validation, List.of(training.model(), other), "of-both", 1, 16, 0);
    assertThat(both.models()).extracting(ScoredModel::weight).containsExactly(0.5, 0.5);
    assertThat(both.model()).isEqualTo(training.model() + ", " + other);
    double wrong = 0;
    for (int i = 0; i < IMAGES; i++) {
      Prediction row = rows("of-both").get(i);
      float[] mean = new float[4];
      for (String output : List.of("of-first", "of-other")) {
        Prediction single = rows(output).get(i);
        for (int place = 0; place < 4; place++) {
          mean[single.top5().get(place)] += single.probabilities().get(place) / 2;
        }
      }
      for (int place = 0; place < 4; place++) {
        assertThat(row.probabilities().get(place))
            .isCloseTo(mean[row.top5().get(place)], within(1e-6f));
      }
      wrong += 1 - Rank.of(mean, (int) row.label()).credit(1);
    }
    assertThat(both.top1Error()).isCloseTo(wrong / IMAGES, within(1e-9));
    assertThatThrownBy(() -> score(validation, List.of(other), "of-both", 1, 16, 0))
        .hasMessageContaining("another dataset or model");
  }

  @Test
  void run_withAModelThatSaysTheSameOfEverything_countsTiesAsGuessesAndWarns() {
    Dataset many = DatasetFixture.write(directory.resolve("many-images"), "validation", 56, 4, 120);
    Location constant = ModelFixture.writeConstant(directory.resolve("constant"), data, 0);
    Scores scores = score(many, List.of(constant), "constant-scores", 1, 64, 0);
    assertThat(scores.tied()).isEqualTo(120);
    assertThat(scores.errors())
        .extracting(ErrorWithin::error)
        .containsExactly(0.75, 0.5, 0.25, 0.0, 0.0);
    assertThat(scores.warnings())
        .singleElement()
        .asString()
        .contains("no better than guessing among 4 classes, 75.00 %");
  }

  @Test
  void run_onImagesWithoutLabels_givesPredictionsOnly() throws IOException {
    Dataset unlabelled =
        DatasetFixture.writeUnlabelled(directory.resolve("unlabelled"), "test", 56, 4, 20);
    Scores scores = score(unlabelled, "unlabelledscores", 8);
    assertThat(scores.unlabelled()).isEqualTo(20);
    assertThat(scores.scored()).isZero();
    assertThat(scores.top1Error()).isNull();
    assertThat(scores.top5Interval()).isNull();
    assertThat(scores.errors()).hasSize(5).allMatch(error -> error.error() == null);
    assertThat(scores.warnings()).isEmpty();
    assertThat(rows("unlabelledscores")).allSatisfy(row -> assertThat(row.top5()).hasSize(4));
  }

  @Test
  void run_withAModelOfOtherClasses_namesTheDifference() {
    Dataset more = DatasetFixture.write(directory.resolve("more"), "train", 56, 6, 12);
    Location model = ModelFixture.write(directory.resolve("more-model"), more, 1);
    assertThatThrownBy(() -> score(validation, List.of(model), "other-classes", 1, 8, 0))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.MISMATCH))
        .hasMessageContaining("4 classes against 6")
        .hasMessageContaining("only in the second: n00000004, n00000005");
  }

  @Test
  void run_onRecordsThatAreNoExamples_countsEachWithItsReason() throws IOException {
    Dataset damaged = DatasetFixture.write(directory.resolve("damaged"), "validation", 56, 4, 21);
    Dataset rewritten =
        DatasetFixture.rewriteFirstShard(
            damaged,
            List.of(
                new byte[] {1, 2, 3},
                damaged
                    .manifest()
                    .codec()
                    .encode(new ImageRecord(new byte[] {1}, 4, "beyond.JPEG", "n00000004"))));
    Scores scores = score(rewritten, List.of(training.model()), "damagedscores", 1, 3, 2);
    assertThat(scores.images()).isEqualTo(21);
    assertThat(scores.undecodable()).isEqualTo(2);
    assertThat(scores.scored()).isEqualTo(19);
    assertThat(rows("damagedscores"))
        .filteredOn(row -> row.kind() == Prediction.Kind.UNDECODABLE)
        .extracting(Prediction::status)
        .satisfiesExactly(
            status -> assertThat(status).contains("holds no tf.train.Example"),
            status -> assertThat(status).contains("has the label 4; there are 4 classes"));
  }

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
    return ScorePipeline.run(
        new ScoreSettings(
            dataset.location(),
            List.of(training.model()),
            List.of(),
            Location.of(directory.resolve(output)),
            devkit,
            1,
            16,
            1),
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
        Evaluation.of(
            ObjectStores.standard(),
            new EvaluateSettings(Location.of(submission), Location.of(truth), devkit));

    assertThat(scores.tied()).isZero();
    assertThat(evaluation.images()).isEqualTo(scores.scored());
    assertThat(evaluation.flat()).isEqualTo(scores.errors());
    assertThat(scores.top1Error()).isBetween(0.01, 0.99);
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
        Evaluation.of(
            ObjectStores.standard(),
            new EvaluateSettings(Location.of(submission), Location.of(truthFile), devkit));

    assertThat(scores.scored()).isEqualTo(19);
    assertThat(evaluation.images()).isEqualTo(21);
    assertThat(evaluation.withoutGuess()).isEqualTo(2);
    for (int k = 0; k < 5; k++) {
      assertThat(21 * evaluation.flat().get(k).error())
          .isCloseTo(19 * scores.errors().get(k).error() + 2, within(1e-9));
    }
    assertThat(scores.warnings())
        .singleElement(InstanceOfAssertFactories.STRING)
        .startsWith("2 lines of " + submission + " are of pictures without a prediction")
        .contains("'alexnet evaluate' counts them as wrong, scores.json leaves them out");
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
  void run_whileAnotherRunHoldsTheOutput_isRefused() {
    Location held = Location.of(directory.resolve("held"));

    assertThatThrownBy(() -> DirectoryLock.holding(held, () -> score(validation, "held", 16)))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("Another run is working in " + held);
    assertThat(directory.resolve("held/scores.json")).doesNotExist();
  }

  @Test
  void run_withADevkitOfOtherClasses_isRefusedBeforeAnythingIsScored() throws IOException {
    Location devkit = devkit("meta-few.mat", 3);
    assertThatThrownBy(() -> scoreWithDevkit(validation, "unwritten", devkit))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.MISMATCH))
        .hasMessageContaining("only in the first: n00000003");
    assertThat(directory.resolve("unwritten")).doesNotExist();
  }
}
