package dev.alexnet.pipelines.score;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.prediction.Ensemble;
import dev.alexnet.model.prediction.InferenceSettings;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.testing.ImageRecords;
import dev.alexnet.model.testing.ModelFixture;
import dev.alexnet.pipelines.score.statistics.FoundWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Totals and files of scores against plain loops over the same images, one at a time. */
class ScoreTotalsTest {
  private static final int IMAGES = 61;
  private static final int CLASSES = 11;

  @TempDir static Path directory;
  private static Dataset data;
  private static Location first;
  private static Location second;

  @BeforeAll
  static void write() {
    data = DatasetFixture.write(directory.resolve("data"), "validation", 56, CLASSES, IMAGES);
    first = ModelFixture.write(directory.resolve("first"), data, 1);
    second = ModelFixture.write(directory.resolve("second"), data, 2);
  }

  private record Options(boolean findWeights, String devices, List<Integer> top, long joinUpTo) {
    static final Options PLAIN = new Options(false, "auto", List.of(), 1000);
  }

  private static Scores score(
      Dataset dataset,
      List<Location> models,
      List<Double> weights,
      String output,
      Options options) {
    return new ScorePipeline(ObjectStores.standard())
        .run(
            ScoreSettings.builder()
                .set(ScoreSettings.DATA, dataset.location())
                .set(ScoreSettings.MODEL, models)
                .set(ScoreSettings.WEIGHTS, weights)
                .set(ScoreSettings.FIND_WEIGHTS, options.findWeights())
                .set(ScoreSettings.OUTPUT, Location.of(directory.resolve(output)))
                .set(InferenceSettings.BATCH, 16)
                .set(InferenceSettings.DEVICES, options.devices())
                .set(ScoreSettings.TOP, options.top())
                .set(ScoreSettings.JOIN_UP_TO, options.joinUpTo())
                .build(),
            PipelineOptionsFactory.create(),
            Progress.SILENT);
  }

  /** Errors by counting, an image at a time; a class that ties counts by its share. */
  private static double[] plainErrors(List<Location> models, List<Double> weights, int... guesses) {
    double[] wrong = new double[guesses.length];
    try (Ensemble ensemble =
        Ensemble.load(ObjectStores.standard(), Ensemble.members(models, weights), 8)) {
      for (ImageRecord image : ImageRecords.of(data)) {
        float[] probabilities = ensemble.predict(List.of(image.image()), 1)[0];
        int greater = 0;
        int tied = 0;
        for (float probability : probabilities) {
          greater += probability > probabilities[(int) image.label()] ? 1 : 0;
          tied += probability == probabilities[(int) image.label()] ? 1 : 0;
        }
        for (int i = 0; i < guesses.length; i++) {
          double places = Math.min(Math.max(guesses[i] - greater, 0), tied);
          wrong[i] += 1 - places / tied;
        }
      }
    }
    for (int i = 0; i < guesses.length; i++) {
      wrong[i] /= IMAGES;
    }
    return wrong;
  }

  private static double[] errors(Scores scores) {
    return scores.rates().errors().stream().mapToDouble(ErrorWithin::error).toArray();
  }

  @Test
  void run_ofASizeThatTheBatchDoesNotDivide_countsAsAPlainLoop() throws IOException {
    Scores scores =
        score(
            data,
            List.of(first),
            List.of(),
            "plain",
            new Options(false, "auto", List.of(10, 2), 1000));
    assertThat(scores.counts().images()).isEqualTo(IMAGES);
    assertThat(scores.rates().errors())
        .extracting(ErrorWithin::guesses)
        .containsExactly(1, 2, 3, 4, 5, 10);
    assertThat(errors(scores))
        .containsExactly(plainErrors(List.of(first), List.of(), 1, 2, 3, 4, 5, 10), within(1e-12));
  }

  @Test
  void run_allClassesTie_countsAsAPlainLoop() throws IOException {
    Location constant = ModelFixture.writeConstant(directory.resolve("constant"), data, 0);
    Scores scores = score(data, List.of(constant), List.of(), "ties", Options.PLAIN);
    assertThat(scores.counts().tied()).isEqualTo(IMAGES);
    assertThat(errors(scores))
        .containsExactly(plainErrors(List.of(constant), List.of(), 1, 2, 3, 4, 5), within(1e-12))
        .containsExactly(
            new double[] {10 / 11.0, 9 / 11.0, 8 / 11.0, 7 / 11.0, 6 / 11.0}, within(1e-12));
  }

  @Test
  void run_ofOneClass_isNeverWrong() {
    Dataset single = DatasetFixture.write(directory.resolve("single"), "validation", 56, 1, 9);
    Location model = ModelFixture.write(directory.resolve("single-model"), single, 1);
    Scores scores = score(single, List.of(model), List.of(), "single-scores", Options.PLAIN);
    assertThat(scores.counts().scored()).isEqualTo(9);
    assertThat(scores.counts().tied()).isZero();
    assertThat(errors(scores)).containsExactly(0, 0, 0, 0, 0);
    assertThat(scores.warnings())
        .singleElement()
        .asString()
        .startsWith("The dataset and the model have one class, so every guess is right");
  }

  @Test
  void run_ofAnEmptyDataset_isRefused() {
    Dataset empty =
        DatasetFixture.writeEmpty(directory.resolve("empty"), "validation", 56, CLASSES);
    assertThatFailure(() -> score(empty, List.of(first), List.of(), "nothing", Options.PLAIN))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessageContaining("empty holds no image");
    assertThat(directory.resolve("nothing")).doesNotExist();
  }

  @Test
  void run_onTwoDevices_givesTheSameRows() throws IOException {
    score(data, List.of(first, second), List.of(), "one-device", Options.PLAIN);
    Scores scores =
        score(
            data,
            List.of(first, second),
            List.of(),
            "two-devices",
            new Options(false, "cpu:0,cpu:1", List.of(), 1000));
    assertThat(scores.mode().devices()).isEqualTo("cpu:0,cpu:1");
    assertThat(Files.readAllLines(directory.resolve("two-devices/predictions.jsonl")))
        .hasSize(IMAGES)
        .isEqualTo(Files.readAllLines(directory.resolve("one-device/predictions.jsonl")));
  }

  @Test
  void run_onADeviceThatIsNotThere_isRefused() {
    assertThatFailure(
            () ->
                score(
                    data,
                    List.of(first),
                    List.of(),
                    "no-device",
                    new Options(false, "gpu:9", List.of(), 1000)))
        .isOfKind(Failure.Kind.DEVICE)
        .hasMessageContaining("There is no device gpu:9");
  }

  @Test
  void run_ofMoreImagesThanAreJoined_leavesTheRowsByShard() throws IOException {
    Path output = directory.resolve("sharded");
    Files.createDirectories(output);
    // Left by a killed run with other settings.
    Files.writeString(output.resolve("predictions-00002-of-00003.jsonl"), "{}\n");
    Files.writeString(output.resolve("predictions.jsonl"), "{}\n");
    Scores joined = score(data, List.of(first), List.of(), "joined", Options.PLAIN);

    Scores scores =
        score(
            data,
            List.of(first),
            List.of(),
            "sharded",
            new Options(false, "auto", List.of(), IMAGES - 1));

    assertThat(joined.predictions()).extracting(Shard::name).containsExactly("predictions.jsonl");
    assertThat(scores.predictions())
        .extracting(Shard::name)
        .containsExactly("predictions-00000-of-00002.jsonl", "predictions-00001-of-00002.jsonl");
    try (Stream<Path> files = Files.list(output)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> !name.equals(".lock"))
          .containsExactlyInAnyOrder(
              "scores.json",
              "predictions-00000-of-00002.jsonl",
              "predictions-00001-of-00002.jsonl");
    }
    List<String> lines = new ArrayList<>();
    for (Shard file : scores.predictions()) {
      lines.addAll(Files.readAllLines(output.resolve(file.name())));
    }
    assertThat(lines).isEqualTo(Files.readAllLines(directory.resolve("joined/predictions.jsonl")));
    List<String> read = new ArrayList<>();
    long rows =
        Predictions.read(
            ObjectStores.standard(),
            Location.of(output),
            scores,
            (row, prediction, where) -> {
              assertThat(row).isEqualTo(read.size());
              read.add(Json.line(prediction));
            });
    assertThat(rows).isEqualTo(IMAGES);
    assertThat(read).isEqualTo(lines);
  }

  @Test
  void run_findingWeights_givesWeightsThatReproduceTheirErrors() throws IOException {
    Options find = new Options(true, "auto", List.of(), 1000);
    Scores found = score(data, List.of(first, second), List.of(), "found", find);
    FoundWeights weights = found.foundWeights();
    assertThat(weights.weights()).hasSize(2).allMatch(weight -> weight >= 0 && weight <= 1);
    assertThat(weights.top5Error()).isLessThanOrEqualTo(found.rates().top5Error());
    assertThat(errors(found))
        .containsExactly(
            plainErrors(List.of(first, second), List.of(), 1, 2, 3, 4, 5), within(1e-12));

    Scores weighted =
        score(data, List.of(first, second), weights.weights(), "weighted", Options.PLAIN);

    assertThat(weighted.rates().top1Error()).isEqualTo(weights.top1Error());
    assertThat(weighted.rates().top5Error()).isEqualTo(weights.top5Error());
    assertThat(weighted.foundWeights()).isNull();
    assertThat(directory.resolve("found/.score")).doesNotExist();
    // Again gives the same; but scores without weights have none to give.
    assertThat(score(data, List.of(first, second), List.of(), "found", find)).isEqualTo(found);
    score(data, List.of(first, second), List.of(), "unfound", Options.PLAIN);
    assertThatFailure(() -> score(data, List.of(first, second), List.of(), "unfound", find))
        .isOfKind(Failure.Kind.OUTPUT_EXISTS)
        .hasMessageContaining("without --find-weights");
  }

  @Test
  void run_findingWeightsWithoutLabels_isRefused() {
    Dataset unlabelled =
        DatasetFixture.writeUnlabelled(directory.resolve("unlabelled"), "test", 56, CLASSES, 9);
    assertThatFailure(
            () ->
                score(
                    unlabelled,
                    List.of(first, second),
                    List.of(),
                    "blind",
                    new Options(true, "auto", List.of(), 1000)))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessageContaining("no image of ")
        .hasMessageContaining(" has a label");
    assertThat(directory.resolve("blind/scores.json")).doesNotExist();
  }
}
