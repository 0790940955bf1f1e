package dev.alexnet.pipelines.score;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.prediction.InferenceSettings;
import dev.alexnet.model.prediction.ModelDescription;
import dev.alexnet.model.prediction.Predictor;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.testing.ModelFixture;
import dev.alexnet.pipelines.score.statistics.Interval;
import dev.alexnet.pipelines.score.statistics.Rank;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;

class ScorePipelineTest extends ScoringTest {
  @Test
  void run_onTheValidationSet_givesTheErrorsThatTrainingSaw() throws IOException {
    Scores scores = score(validation, "same", 7);
    assertThat(scores.counts().images()).isEqualTo(IMAGES);
    assertThat(scores.counts().scored()).isEqualTo(IMAGES);
    assertThat(scores.rates().top1Error()).isCloseTo(training.top1Error(), within(1e-6));
    assertThat(scores.rates().top5Error()).isZero();
    assertThat(scores.rates().top1Interval())
        .isEqualTo(Interval.of(scores.rates().top1Error(), IMAGES));
    assertThat(scores.rates().top5Interval()).isEqualTo(Interval.of(0, IMAGES));
    assertThat(rows("same")).hasSize(IMAGES).extracting(Prediction::image).doesNotHaveDuplicates();
    double credits = rows("same").stream().mapToDouble(Prediction::top1Credit).sum();
    assertThat(1 - credits / IMAGES).isCloseTo(scores.rates().top1Error(), within(1e-9));
    assertThat(directory.resolve("same/.score")).doesNotExist();
  }

  @Test
  void run_withOtherBatchesAndWorkers_givesTheSameTotalsAndRows() throws IOException {
    Scores one = score(validation, "one", 1, "--targetParallelism=1");
    Scores many = score(validation, "many", 64, "--targetParallelism=4");
    assertThat(many.rates().top1Error()).isEqualTo(one.rates().top1Error());
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
    assertThat(ten.mode().views()).isEqualTo(10);
    assertThat(ten.counts().scored()).isEqualTo(IMAGES);
    assertThat(rows("ten"))
        .extracting(Prediction::probabilities)
        .isNotEqualTo(rows("centre").stream().map(Prediction::probabilities).toList());
    assertThatFailure(() -> score(validation, "ten", 64))
        .isOfKind(Failure.Kind.OUTPUT_EXISTS)
        .hasMessageContaining("other views");
  }

  @Test
  void run_onWorkers_hearsHowLongTheyCheckedTheirArithmetic() {
    List<Double> seconds = new ArrayList<>();
    ScoreSettings settings =
        ScoreSettings.builder()
            .set(ScoreSettings.DATA, validation.location())
            .set(ScoreSettings.MODEL, List.of(training.model()))
            .set(ScoreSettings.OUTPUT, Location.of(directory.resolve("checked")))
            .set(InferenceSettings.BATCH, 16)
            .build();
    Scores scores =
        new ScorePipeline(ObjectStores.standard())
            .run(settings, PipelineOptionsFactory.create(), Progress.SILENT, seconds::add);
    assertThat(seconds).singleElement().satisfies(taken -> assertThat(taken).isPositive());
    assertThat(
            new ScorePipeline(ObjectStores.standard())
                .run(settings, PipelineOptionsFactory.create(), Progress.SILENT, seconds::add))
        .isEqualTo(scores);
    assertThat(seconds).as("nothing is computed the second time").hasSize(1);
  }

  @Test
  void run_onARecordThatDoesNotDecode_countsItAndScoresTheRest() throws IOException {
    Dataset broken =
        DatasetFixture.writeWithBrokenImage(directory.resolve("broken"), "validation", 56, 4, 20);
    assertThatFailure(() -> score(broken, "brokenscores", 8))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessageContaining("1 of 20 records cannot be decoded; the settings allow 0");
    // Everything was written before: with the budget raised, nothing is scored again.
    Scores scores = score(broken, List.of(training.model()), "brokenscores", 1, 8, 1);
    assertThat(scores.counts().images()).isEqualTo(20);
    assertThat(scores.counts().scored()).isEqualTo(19);
    assertThat(scores.counts().undecodable()).isEqualTo(1);
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
    assertThatFailure(() -> score(changed, "changedscores", 8))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessageContaining("validation-00001-of-00002.tfrecord at byte");
    assertThat(directory.resolve("changedscores/scores.json")).doesNotExist();
  }

  @Test
  void run_givesTheErrorsWithinOneToFiveGuessesAndWhatWasScored() throws IOException {
    Scores scores = score(validation, "facts", 10, 30);
    assertThat(scores.rates().errors())
        .extracting(ErrorWithin::guesses)
        .containsExactly(1, 2, 3, 4, 5);
    assertThat(scores.rates().errors().get(0).error()).isEqualTo(scores.rates().top1Error());
    assertThat(scores.rates().errors().get(4).interval()).isEqualTo(scores.rates().top5Interval());
    for (int k = 1; k <= 5; k++) {
      int guesses = k;
      double credits = rows("facts").stream().mapToDouble(row -> row.rank().credit(guesses)).sum();
      assertThat(scores.rates().errors().get(k - 1).error())
          .isCloseTo(1 - credits / IMAGES, within(1e-9));
    }
    assertThat(scores.mode().views()).isEqualTo(10);
    assertThat(scores.mode().batch()).isEqualTo(30);
    assertThat(scores.counts().classes()).isEqualTo(4);
    assertThat(scores.counts().rejected()).isZero();
    assertThat(scores.inputs().datasetHash()).isEqualTo(validation.hash());
    ModelDescription model = Predictor.describe(ObjectStores.standard(), training.model());
    assertThat(scores.inputs().models())
        .containsExactly(
            new ScoredModel("work/model", model.savedModelHash(), 1, "mini", 20, data.hash()));
    assertThat(scores.inputs().modelHash()).isEqualTo(model.savedModelHash());
  }

  @Test
  void run_withTwoModels_scoresTheMeanOfWhatEachSays() throws IOException {
    Location other = ModelFixture.write(directory.resolve("other-model"), data, 5);
    score(validation, List.of(training.model()), "of-first", 1, 16, 0);
    score(validation, List.of(other), "of-other", 1, 16, 0);
    Scores both = score(validation, List.of(training.model(), other), "of-both", 1, 16, 0);
    assertThat(both.inputs().models()).extracting(ScoredModel::weight).containsExactly(0.5, 0.5);
    assertThat(both.inputs().model()).isEqualTo("work/model, other-model");
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
    assertThat(both.rates().top1Error()).isCloseTo(wrong / IMAGES, within(1e-9));
    assertThatThrownBy(() -> score(validation, List.of(other), "of-both", 1, 16, 0))
        .hasMessageContaining("another dataset or model");
  }

  @Test
  void run_withAModelOfEqualProbabilities_countsTiesAsGuessesAndWarns() {
    Dataset many = DatasetFixture.write(directory.resolve("many-images"), "validation", 56, 4, 120);
    Location constant = ModelFixture.writeConstant(directory.resolve("constant"), data, 0);
    Scores scores = score(many, List.of(constant), "constant-scores", 1, 64, 0);
    assertThat(scores.counts().tied()).isEqualTo(120);
    assertThat(scores.rates().errors())
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
    assertThat(scores.counts().unlabelled()).isEqualTo(20);
    assertThat(scores.counts().scored()).isZero();
    assertThat(scores.rates().top1Error()).isNull();
    assertThat(scores.rates().top5Interval()).isNull();
    assertThat(scores.rates().errors()).hasSize(5).allMatch(error -> error.error() == null);
    assertThat(scores.warnings()).isEmpty();
    assertThat(rows("unlabelledscores")).allSatisfy(row -> assertThat(row.top5()).hasSize(4));
  }

  @Test
  void run_withAModelOfOtherClasses_namesTheDifference() {
    Dataset more = DatasetFixture.write(directory.resolve("more"), "train", 56, 6, 12);
    assertThatFailure(() -> score(more, List.of(training.model()), "other-classes", 1, 8, 0))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessageContaining("6 classes against 4")
        .hasMessageContaining("only in the first: n00000004, n00000005");
  }

  @Test
  void run_onRecordsThatAreNotExamples_countsEachWithItsReason() throws IOException {
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
    assertThat(scores.counts().images()).isEqualTo(21);
    assertThat(scores.counts().undecodable()).isEqualTo(2);
    assertThat(scores.counts().scored()).isEqualTo(19);
    assertThat(rows("damagedscores"))
        .filteredOn(row -> row.kind() == Prediction.Kind.UNDECODABLE)
        .extracting(Prediction::status)
        .satisfiesExactly(
            status -> assertThat(status).contains("does not hold a tf.train.Example"),
            status -> assertThat(status).contains("has the label 4; there are 4 classes"));
  }
}
