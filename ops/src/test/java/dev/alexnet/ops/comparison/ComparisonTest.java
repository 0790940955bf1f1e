package dev.alexnet.ops.comparison;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.prediction.Predictor;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.testing.ModelFixture;
import dev.alexnet.ops.console.Screen;
import dev.alexnet.ops.report.ScoresFixture;
import dev.alexnet.pipelines.output.WrittenFiles;
import dev.alexnet.pipelines.score.Prediction;
import dev.alexnet.pipelines.score.Scores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
  private final ObjectStore store = ObjectStores.standard();
  @TempDir Path work;

  /** Scores of images whose classes are their numbers modulo 10, of which some are wrong. */
  private Location scores(String name, int images, List<Integer> wrong) {
    StringBuilder lines = new StringBuilder();
    for (int image = 0; image < images; image++) {
      int label = image % 10;
      boolean right = !wrong.contains(image);
      int guess = right ? label : (label + 1) % 10;
      lines
          .append(
              Json.line(
                  new Prediction(
                      "image" + image,
                      label,
                      "scored",
                      List.of(guess),
                      List.of(0.5f + image / 1000f),
                      right ? 1 : 0,
                      1,
                      right ? 0 : 1,
                      1,
                      null,
                      null)))
          .append('\n');
    }
    Location place = Location.of(work.resolve(name));
    double error = (double) wrong.size() / images;
    store.write(
        place.resolve(Scores.PREDICTIONS), lines.toString().getBytes(StandardCharsets.UTF_8));
    store.write(place.resolve(Scores.FILE), Json.document(ScoresFixture.ofRows(images, 10, error)));
    return described(place, images);
  }

  /** Makes the scores know their file of predictions as it is now. */
  private Location described(Location place, int images) {
    Location file = place.resolve(Scores.FILE);
    ObjectNode whole = Json.read(store.readAll(file), ObjectNode.class, file);
    whole
        .putArray("predictions")
        .addPOJO(WrittenFiles.described(store, place.resolve(Scores.PREDICTIONS), images));
    store.write(file, Json.document(whole));
    return place;
  }

  /** Makes scores such as other labels would give. */
  private Location byLabels(String file, Location scores) throws IOException {
    Location place = scores.resolve(Scores.FILE);
    ObjectNode whole = (ObjectNode) new ObjectMapper().readTree(store.readAll(place));
    whole.putObject("truth").put("file", file).put("hash", "hash of " + file).put("of_no_class", 0);
    store.write(place, Json.document(whole));
    return scores;
  }

  private ComparisonResult compare(Location output, Location... scores) {
    return new Comparison(store)
        .run(
            ComparisonSettings.builder()
                .set(ComparisonSettings.SCORES, List.of(scores))
                .set(ComparisonSettings.OUTPUT, output)
                .build());
  }

  @Test
  void run_twoScores_countsWhatOnlyOneGetsRight() {
    ComparisonResult result =
        compare(
            null,
            scores("first", 100, List.of(0, 1, 2, 3, 10)),
            scores("second", 100, List.of(3, 4)));

    assertThat(result.scored()).isEqualTo(100);
    ComparedPair pair = result.pairs().get(0);
    assertThat(pair.top1().difference()).isEqualTo(-0.03);
    assertThat(pair.top1().onlySecond()).isEqualTo(4);
    assertThat(pair.top1().onlyFirst()).isEqualTo(1);
    assertThat(pair.top1().probability()).isEqualTo(0.375);
    assertThat(pair.classes())
        .extracting(ComparedPair.ClassDifference::label, ComparedPair.ClassDifference::first)
        .containsExactly(tuple(0, 0.2), tuple(1, 0.1), tuple(2, 0.1), tuple(4, 0.0));
    assertThat(ComparisonTable.of(result, Screen.NONE))
        .isEqualTo(
            """
            2 scores of the same 100 images compared

            scores  top-1  95 % interval  top-5  95 % interval
            first   5.0 %  2.2 to 11.2 %  0.0 %  0.0 to 3.7 %
            second  2.0 %  0.6 to 7.0 %   0.0 %  0.0 to 3.7 %

            against first  error  points  95 % interval       p  only it  only 1st
            second         top-1    -3.0  -7.4 to +1.4   0.3750        4         1
            second         top-5    +0.0  +0.0 to +0.0   1.0000        0         0

            Of 100 images. 'only it' and 'only 1st' are images that one alone gets right; p is \
            how likely such a difference is between equally good networks (McNemar).""");
  }

  /** The epochs of both trainings have ten steps. */
  @Test
  void run_withATrainingError_tellsHowFastTheTrainingsLearned() throws IOException {
    Location first = scores("first", 100, List.of(0, 1));
    Location second = scores("second", 100, List.of(3, 4));
    scoredBy("slow", first, 0.9, 0.6, 0.4, 0.25);
    scoredBy("fast", second, 0.5, 0.2);
    Location third = scores("third", 100, List.of(5));
    scoredBy("never", third, 0.9, 0.8);
    Location lost = scores("lost", 100, List.of(6));
    Location output = Location.of(work.resolve("page"));
    ComparisonResult result =
        new Comparison(store)
            .run(
                ComparisonSettings.builder()
                    .set(ComparisonSettings.SCORES, List.of(first, second, third, lost))
                    .set(ComparisonSettings.TRAINING_ERROR, 25.0)
                    .set(ComparisonSettings.OUTPUT, output)
                    .build());

    assertThat(ComparisonTable.of(result, Screen.NONE))
        .contains(
            """
            training  steps      epochs  times the fewest  lowest
            first     40         4.0     2.0               25.0 %
            second    20         2.0     1.0               20.0 %
            third     not in 20  -       -                 80.0 %

            Steps until the training error, as the mean over an epoch, was at most 25.0 %.
            Without a log where they were scored: lost
            """);
    assertThat(Files.readString(result.page().localPath()))
        .contains(
            "<tr><td>first</td><td>40</td><td>4.0</td><td>2.0</td><td>25.0 %</td></tr>",
            "<tr><td>third</td><td>not in 20</td><td>–</td><td>–</td><td>80.0 %</td></tr>",
            "<p>Without a log where they were scored: lost</p>");
  }

  /** Makes scores name a model whose training logged these errors. */
  private void scoredBy(String training, Location scores, double... errors) throws IOException {
    Dataset data = DatasetFixture.write(work.resolve(training + "-data"), "train", 56, 10, 10);
    Path workdir = work.resolve(training);
    Location model = ModelFixture.write(workdir.resolve("model"), data, 1);
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < errors.length; i++) {
      log.append(
          "{\"step\":%1$d0,\"train/top1_error\":%2$s}\n{\"step\":%1$d0,\"mean_absolute_weight/conv1\":1}\n"
              .formatted(i + 1, errors[i]));
    }
    Files.writeString(workdir.resolve("metrics.jsonl"), log);
    Location place = scores.resolve(Scores.FILE);
    ObjectNode whole = (ObjectNode) new ObjectMapper().readTree(store.readAll(place));
    ((ObjectNode) whole.get("models").get(0))
        .put("directory", model.value())
        .put("hash", Predictor.describe(store, model).savedModelHash());
    store.write(place, Json.document(whole));
  }

  @Test
  void run_withAnOutput_writesTheSamePageEachTime() throws Exception {
    Location first = scores("first", 50, List.of(0, 1, 2));
    Location second = scores("second", 50, List.of(3));
    Location third = scores("third", 50, List.of(4));
    Location page = compare(Location.of(work.resolve("page")), first, second, third).page();
    byte[] html = Files.readAllBytes(page.localPath());
    compare(Location.of(work.resolve("page")), first, second, third);

    assertThat(Files.readAllBytes(page.localPath())).isEqualTo(html);
    assertThat(new String(html, StandardCharsets.UTF_8))
        .contains(
            "<h2>second against first</h2>",
            "<h2>third against first</h2>",
            "<h3>Only second gets right</h3>\n<p>3 of 3, those of the highest confidence. They are"
                + " not shown, because the dataset was not found; give its place with --data.</p>",
            "<p class=\"file\">image2</p>",
            "<p class=\"truth\"><span class=\"label\">is</span> class 2</p>");
  }

  /** Of several right classes, the label is the one that the model found most probable. */
  @Test
  void run_byOtherLabels_comparesModelsThatChooseOtherRightClasses() throws IOException {
    Location first = byLabels("real.json", scores("first", 20, List.of(0)));
    Location second = byLabels("real.json", scores("second", 20, List.of(0)));
    Location rows = second.resolve(Scores.PREDICTIONS);
    String otherwise =
        new String(store.readAll(rows), StandardCharsets.UTF_8)
            .replace("\"image\":\"image3\",\"label\":3", "\"image\":\"image3\",\"label\":7");
    assertThat(otherwise).contains("\"label\":7,\"status\":\"scored\",\"top5\":[3]");
    store.write(rows, otherwise.getBytes(StandardCharsets.UTF_8));
    described(second, 20);

    assertThat(compare(null, first, second).scored()).isEqualTo(20);
  }

  @Test
  void run_byDifferentLabels_isRefused() throws IOException {
    Location own = scores("own", 20, List.of(0));
    Location real = byLabels("real.json", scores("real", 20, List.of(0)));
    Location mine = byLabels("mine.csv", scores("mine", 20, List.of(0)));

    assertThatFailure(() -> compare(null, own, real))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessageEndingWith(
            " differ: their labels are the dataset's against real.json. Compare scores of the same dataset, by the same labels");
    assertThatFailure(() -> compare(null, real, mine))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessageContaining("their labels are real.json against mine.csv");
  }

  @Test
  void run_ofOtherImages_isRefusedWithTheFirstDifference() {
    Location first = scores("first", 20, List.of(0));
    assertThatFailure(() -> compare(null, first, scores("fewer", 19, List.of(0))))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessage(
            "The images of "
                + first
                + " and "
                + work.resolve("fewer")
                + " differ: 20 images against 19; only one has image19 with the label 9. Compare"
                + " scores of the same dataset, by the same labels");
    Location other = scores("other", 20, List.of(0));
    Location rows = other.resolve(Scores.PREDICTIONS);
    String changed =
        new String(store.readAll(rows), StandardCharsets.UTF_8)
            .replace("\"image\":\"image7\"", "\"image\":\"image8\"");
    store.write(rows, changed.getBytes(StandardCharsets.UTF_8));
    described(other, 20);
    assertThatFailure(() -> compare(null, first, other))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessageContaining(
            "image 8 is image7 with the label 7, and there image8 with the label 7");
  }

  @Test
  void run_ofPredictionsThatWereChanged_isRefusedWithTheFile() {
    Location first = scores("first", 20, List.of(0));
    Location second = scores("second", 20, List.of(1));
    Location predictions = second.resolve(Scores.PREDICTIONS);
    assertThat(compare(null, first, second).pairs()).hasSize(1);
    byte[] content = store.readAll(predictions);
    content[content.length / 2] ^= 1;
    store.write(predictions, content);

    assertThatFailure(() -> compare(null, first, second))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessage(
            second
                + " is damaged: predictions.jsonl; run score again with this --output, which writes it anew");
  }

  @Test
  void run_ofScoresWhoseErrorWasChanged_isRefusedWithBothNumbers() throws IOException {
    Location first = scores("first", 20, List.of(0));
    Location second = scores("second", 20, List.of(1, 2));
    Location place = second.resolve(Scores.FILE);
    ObjectNode whole = (ObjectNode) new ObjectMapper().readTree(store.readAll(place));
    store.write(place, Json.document(whole.put("top1_error", 0.05)));

    assertThatFailure(() -> compare(null, first, second))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessage(
            place
                + " was changed after it was written: top1_error is 0.05, and its predictions give"
                + " 0.1. Delete it and run the same 'alexnet score' again");
    store.write(place, Json.document(whole.put("top1_error", 0.1).put("tied", 3)));
    assertThatFailure(() -> compare(null, first, second))
        .hasMessageContaining("tied is 3, and its predictions give 0");
  }

  @Test
  void run_ofOneDirectoryOrTheSameTwice_isRefused() {
    Location first = scores("first", 20, List.of(0));
    assertThatFailure(() -> compare(null, first))
        .isOfKind(Failure.Kind.USAGE)
        .hasMessageContaining("there is one directory of scores; give two or more");
    assertThatFailure(() -> compare(null, first, first))
        .isOfKind(Failure.Kind.USAGE)
        .hasMessageContaining("a directory of scores is given twice");
  }

  @Test
  void names_ofDirectories_areAsShortAsTheyDiffer() {
    assertThat(RunNames.of(List.of(new Location("a/one"), new Location("b/two"))))
        .containsExactly("one", "two");
    assertThat(RunNames.of(List.of(new Location("x/a/scores"), new Location("x/b/scores"))))
        .containsExactly("a/scores", "b/scores");
    assertThat(RunNames.of(List.of(new Location("scores"), new Location("x/scores"))))
        .containsExactly("scores", "x/scores");
  }
}
