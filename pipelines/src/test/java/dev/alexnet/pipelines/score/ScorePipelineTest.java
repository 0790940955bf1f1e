package dev.alexnet.pipelines.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.training.Trainer;
import dev.alexnet.model.training.TrainingResult;
import dev.alexnet.model.training.TrainingSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
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
            0.01,
            "constant",
            "cpu:0,cpu:1",
            0,
            "auto",
            10,
            1);
    training =
        Trainer.train(
            settings, ObjectStores.standard(), Progress.SILENT, notice -> {}, Clock.systemUTC());
  }

  private static Scores score(Dataset dataset, String output, int batch, String... options) {
    return score(dataset, output, 1, batch, options);
  }

  private static Scores score(
      Dataset dataset, String output, int views, int batch, String... options) {
    return ScorePipeline.run(
        new ScoreSettings(
            dataset.location(),
            training.model(),
            Location.of(directory.resolve(output)),
            views,
            batch),
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
    Scores scores = score(broken, "brokenscores", 8);
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
}
