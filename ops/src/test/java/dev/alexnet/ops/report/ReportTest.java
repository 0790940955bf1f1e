package dev.alexnet.ops.report;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.settings.Setting;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.prediction.InferenceSettings;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.testing.ModelFixture;
import dev.alexnet.ops.prediction.PictureFiles;
import dev.alexnet.ops.similarity.NeighbourFiles;
import dev.alexnet.ops.similarity.SimilarImages;
import dev.alexnet.ops.similarity.SimilarSettings;
import dev.alexnet.pipelines.engine.PipelineRun;
import dev.alexnet.pipelines.features.FeaturesPipeline;
import dev.alexnet.pipelines.score.ScorePipeline;
import dev.alexnet.pipelines.score.ScoreSettings;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final ObjectStore STORE = ObjectStores.standard();
  private static final Pattern DATA_URI = Pattern.compile("data:image/[a-z]+;base64,([^\"]+)");

  private static final NeighbourFiles NEIGHBOURS = new NeighbourFiles(STORE);
  private static final Report REPORT = new Report(STORE, NEIGHBOURS);

  @TempDir static Path shared;
  @TempDir Path output;

  private static Dataset dataset;
  private static Location training;
  private static Location scores;

  @BeforeAll
  static void score() throws IOException {
    dataset = DatasetFixture.write(shared.resolve("data"), "test", 56, 3, 24);
    Path workdir = Files.createDirectories(shared.resolve("training"));
    training = Location.of(workdir);
    ModelFixture.write(workdir.resolve("model"), dataset, 1);
    Files.writeString(
        workdir.resolve("metrics.jsonl"),
        """
        {"step":10,"train/loss":2.5,"train/top1_error":0.9,"train/top5_error":0,"learning_rate/weights":0.01}
        {"step":20,"train/loss":1.5,"train/top1_error":0.5,"train/top5_error":0,"learning_rate/weights":0.001}
        {"step":20,"validation/loss":1.25,"validation/top1_error":0.4,"validation/top5_error":0}
        """);
    scores = scoresOf(dataset, "scores");
  }

  private static Location scoresOf(Dataset dataset, String name) {
    Location directory = Location.of(shared.resolve(name));
    new ScorePipeline(ObjectStores.standard())
        .run(
            ScoreSettings.builder()
                .set(ScoreSettings.DATA, dataset.location())
                .set(ScoreSettings.MODEL, List.of(training.resolve("model")))
                .set(ScoreSettings.OUTPUT, directory)
                .set(InferenceSettings.BATCH, 16)
                .build(),
            PipelineOptionsFactory.create(),
            Progress.SILENT);
    return directory;
  }

  private ReportResult report(Location scores, Location training, Location data) {
    return report(
        ReportSettings.builder()
            .set(ReportSettings.SCORES, scores)
            .set(ReportSettings.TRAINING, training)
            .set(ReportSettings.DATA, data)
            .set(ReportSettings.OUTPUT, Location.of(output))
            .build());
  }

  private <T> ReportSettings settingsWith(Setting<T> setting, T value) {
    return ReportSettings.builder()
        .set(ReportSettings.SCORES, scores)
        .set(ReportSettings.TRAINING, training)
        .set(ReportSettings.OUTPUT, Location.of(output))
        .set(setting, value)
        .build();
  }

  private static ReportResult report(ReportSettings settings) {
    return REPORT.run(settings, Progress.SILENT);
  }

  @Test
  void write_labelledScores_hasEverythingOnOnePage() throws IOException {
    ReportResult result = report(scores, training, null);

    assertThat(result.images()).isEqualTo(24);
    assertThat(result.pictures())
        .containsExactly(
            "loss.png",
            "top1-error.png",
            "top5-error.png",
            "learning-rate.png",
            "filters-tower0.png",
            "filters-tower1.png",
            "pictures.png",
            "mistakes.png",
            "confusion.png",
            "reliability.png",
            "class-errors.png");
    String html = Files.readString(output.resolve("report.html"));
    assertThat(result.bytes()).isEqualTo(html.getBytes(StandardCharsets.UTF_8).length);
    assertThat(html)
        .startsWith("<!DOCTYPE html>\n")
        .contains("alt=\"Loss by training step: training from 2.50 to 1.50, validation from 1.25")
        .contains("alt=\"Learning rate by training step: weights from 0.0100 to 0.00100\"")
        .contains("<p>Not comparable with the paper: the paper has errors of all of")
        .contains("<h2>Errors by class</h2>", "<p>five guesses always have one of 3 classes</p>")
        .contains("<dd>" + dataset.hash() + "</dd>");
    // Nothing is loaded from elsewhere.
    assertThat(html.replaceAll("\"data:[^\"]*\"", "")).doesNotContain("src=\"http", "url(");
    assertThat(html).contains("content=\"default-src 'none'; img-src data:;");
    assertThat(Pattern.compile("<li class=\"card\">").matcher(html).results()).hasSize(16);
  }

  @Test
  void write_pictures_allDecodeOnThePageAndBesideIt() throws IOException {
    ReportResult result = report(scores, training, null);

    Matcher uris = DATA_URI.matcher(Files.readString(output.resolve("report.html")));
    int count = 0;
    while (uris.find()) {
      byte[] content = Base64.getDecoder().decode(uris.group(1));
      assertThat(ImageIO.read(new ByteArrayInputStream(content))).isNotNull();
      count++;
    }
    // Nine drawings in two themes, and sixteen images.
    assertThat(count).isEqualTo(34);
    for (String picture : result.pictures()) {
      BufferedImage image = ImageIO.read(output.resolve(picture).toFile());
      assertThat(image.getRGB(0, 0)).as(picture).isEqualTo(0xffffffff);
      assertThat(coloursOf(image)).as(picture).isGreaterThan(10);
    }
  }

  @Test
  void write_again_givesTheSameBytes() throws IOException {
    report(scores, training, null);
    Map<String, byte[]> first = WrittenFiles.in(output);

    report(scores, training, null);

    Map<String, byte[]> second = WrittenFiles.in(output);
    assertThat(second.keySet()).isEqualTo(first.keySet());
    first.forEach((name, content) -> assertThat(second.get(name)).as(name).isEqualTo(content));
  }

  @Test
  void write_overAnotherReport_removesItsPicturesAndNobodyElses() throws IOException {
    report(scores, training, null);
    Files.writeString(output.resolve("holiday.png"), "mine");

    report(scores, null, null);

    assertThat(WrittenFiles.in(output).keySet())
        .contains("holiday.png", "filters-tower0.png", "report.html")
        .doesNotContain("loss.png", "top1-error.png", "top5-error.png", "learning-rate.png");
  }

  @Test
  void write_unlabelledScores_hasPicturesAndNoErrors() throws IOException {
    Dataset unlabelled =
        DatasetFixture.writeUnlabelled(shared.resolve("unlabelled"), "test", 56, 3, 24);
    ReportResult result = report(scoresOf(unlabelled, "unlabelled-scores"), training, null);

    assertThat(result.pictures())
        .contains("pictures.png")
        .doesNotContain("mistakes.png", "confusion.png", "reliability.png");
    assertThat(Files.readString(output.resolve("report.html")))
        .contains("No image has a label, so there are no errors to count.")
        .contains("<p class=\"truth\">no label</p>")
        .doesNotContain("Errors by class", "Worst mistakes", "class=\"headline\"");
  }

  @Test
  void write_withoutTrainingOrDataset_saysSoInTheirPlaces() throws IOException {
    Dataset gone = DatasetFixture.write(shared.resolve("gone"), "test", 56, 3, 24);
    Location scoresOfGone = scoresOf(gone, "gone-scores");
    STORE.deleteDirectory(gone.location());

    ReportResult result = report(scoresOfGone, null, null);

    assertThat(result.pictures()).doesNotContain("loss.png", "pictures.png", "mistakes.png");
    assertThat(Files.readString(output.resolve("report.html")))
        .contains("No --training was given, so there are no learning curves.")
        .contains(
            "They are not shown because the dataset is no longer at "
                + gone.location()
                + "; give its new place with --data.");
    assertThatFailure(() -> report(scoresOfGone, null, gone.location()))
        .isOfKind(Failure.Kind.INPUT_MISSING);
  }

  @Test
  void write_somethingMissing_isRefusedWithItsName() throws IOException {
    Location nowhere = Location.of(shared.resolve("nowhere"));
    assertThatFailure(() -> report(nowhere, training, null))
        .isOfKind(Failure.Kind.INPUT_MISSING)
        .hasMessage(
            "There are no scores at "
                + nowhere
                + " (no scores.json); make them with 'alexnet score'; if a run was interrupted,"
                + " finish it by running the same command again");
    assertThatFailure(() -> report(scores, nowhere, null))
        .isOfKind(Failure.Kind.INPUT_MISSING)
        .hasMessageStartingWith("There is no model at " + nowhere + "/model");

    Path silent = Files.createDirectories(shared.resolve("silent"));
    ModelFixture.write(silent.resolve("model"), dataset, 1);
    assertThatFailure(() -> report(scores, Location.of(silent), null))
        .isOfKind(Failure.Kind.INPUT_MISSING)
        .hasMessage(
            "There is no training log at "
                + silent
                + " (no metrics.jsonl); give --training the --workdir of 'alexnet train', or leave"
                + " it out for a report without learning curves");

    Path incomplete = Files.createDirectories(shared.resolve("incomplete"));
    Files.copy(scores.resolve("scores.json").localPath(), incomplete.resolve("scores.json"));
    assertThatFailure(() -> report(Location.of(incomplete), training, null))
        .isOfKind(Failure.Kind.INPUT_MISSING)
        .hasMessageStartingWith(incomplete + "/predictions.jsonl is missing; ");
  }

  @Test
  void write_partsThatDoNotBelongTogether_areRefused() {
    Dataset otherClasses = DatasetFixture.write(shared.resolve("five"), "test", 56, 5, 24);
    Path otherTraining = shared.resolve("five-training");
    ModelFixture.write(otherTraining.resolve("model"), otherClasses, 1);
    assertThatFailure(() -> report(scores, Location.of(otherTraining), null))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessageStartingWith(
            "The classes of " + scores + " and " + otherTraining + "/model differ: 3 classes")
        .hasMessageEndingWith(". Give --training the work directory of the model that was scored");

    Path otherModel = shared.resolve("other-training");
    ModelFixture.write(otherModel.resolve("model"), dataset, 2);
    assertThatFailure(() -> report(scores, Location.of(otherModel), null))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessageStartingWith(
            scores + " were not made with the model at " + otherModel + "/model: ");

    assertThatFailure(() -> report(scores, training, otherClasses.location()))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessageStartingWith(
            otherClasses.location()
                + " is not the dataset of "
                + scores
                + ": the SHA-256 of its manifest is ");
  }

  @Test
  void write_scoresOfAnotherVersion_areRefusedInPlainWords() throws IOException {
    Path newer = Files.createDirectories(shared.resolve("newer"));
    String json = Files.readString(scores.resolve("scores.json").localPath());
    Files.writeString(
        newer.resolve("scores.json"),
        json.replace("\"schema_version\" : 3", "\"schema_version\" : 4")
            .replace("\"tied\"", "\"even\""));

    assertThatFailure(() -> report(Location.of(newer), training, null))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessage(
            newer
                + "/scores.json was written by a newer version of this program: its schema_version"
                + " is 4; this program reads 3. Use the version that wrote it, or score again, into"
                + " another --output");
  }

  @Test
  void write_neighboursThatAnotherModelFound_areRefused() throws IOException {
    Location other = ModelFixture.write(shared.resolve("other-model"), dataset, 2);
    Location similar = Location.of(shared.resolve("similar"));
    new SimilarImages(STORE, new PictureFiles(STORE), NEIGHBOURS, new FeaturesPipeline(STORE))
        .run(
            SimilarSettings.builder()
                .set(SimilarSettings.DATA, dataset.location())
                .set(SimilarSettings.MODEL, other)
                .set(SimilarSettings.QUERY, List.of(dataset.location()))
                .set(SimilarSettings.OUTPUT, similar)
                .build(),
            new PipelineRun(PipelineOptionsFactory.create()),
            Progress.SILENT,
            notice -> {});

    ReportSettings settings = settingsWith(ReportSettings.SIMILAR, similar);
    assertThatFailure(() -> report(settings))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessage(
            similar
                + " has neighbours that were found by another model, "
                + other
                + "; find them again with the model that was scored, or leave out --similar");

    Path file = similar.resolve("neighbours.json").localPath();
    Files.writeString(
        file, Files.readString(file).replace("\"schema_version\" : 1", "\"schema_version\" : 2"));
    assertThatFailure(() -> report(settings))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessage(
            file
                + " was written by a newer version of this program: its schema_version is 2; this program reads 1."
                + " Use the version that wrote it, or find them again with 'alexnet similar'");
  }

  private static long coloursOf(BufferedImage image) {
    return Arrays.stream(
            image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
        .distinct()
        .count();
  }

  @Test
  void write_intoADatasetOrAModel_isRefusedAndLeavesItAlone() {
    for (Location taken : List.of(dataset.location(), training.resolve("model"))) {
      ReportSettings settings = settingsWith(ReportSettings.OUTPUT, taken);
      assertThatFailure(() -> report(settings))
          .isOfKind(Failure.Kind.OUTPUT_EXISTS)
          .hasMessageContaining("which is never overwritten; choose another --output");
      assertThat(taken.resolve("report.html").localPath()).doesNotExist();
    }
  }
}
