package dev.alexnet.pipelines.score;

import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.network.NetworkSettings;
import dev.alexnet.model.prediction.InferenceSettings;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.training.LearningPlan;
import dev.alexnet.model.training.Schedule;
import dev.alexnet.model.training.Trainer;
import dev.alexnet.model.training.TrainingResult;
import dev.alexnet.model.training.TrainingSettings;
import dev.alexnet.pipelines.output.RejectedRecords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** What tests of whole scorings share: a model that was trained a little, and its datasets. */
abstract class ScoringTest {
  static final int IMAGES = 53;

  @TempDir static Path directory;
  static Dataset data;
  static Dataset validation;
  static TrainingResult training;

  @BeforeAll
  static void train() {
    data = DatasetFixture.write(directory.resolve("train"), "train", 56, 4, 120);
    validation = DatasetFixture.write(directory.resolve("validation"), "validation", 56, 4, IMAGES);
    TrainingSettings settings =
        TrainingSettings.builder()
            .set(TrainingSettings.DATA, data.location())
            .set(TrainingSettings.VALIDATION, validation.location())
            .set(TrainingSettings.WORKDIR, Location.of(directory.resolve("work")))
            .set(NetworkSettings.PRESET, "mini")
            .set(TrainingSettings.STEPS, 20L)
            .set(NetworkSettings.BATCH, 16)
            .set(LearningPlan.SCHEDULE, Schedule.CONSTANT)
            .set(NetworkSettings.DEVICES, "cpu:0,cpu:1")
            .set(TrainingSettings.CHECKPOINT_STEPS, 10L)
            .build();
    training =
        new Trainer(ObjectStores.standard(), Clock.systemUTC())
            .train(settings, Progress.SILENT, notice -> {}, () -> false);
  }

  static Scores score(Dataset dataset, String output, int batch, String... options) {
    return score(dataset, output, 1, batch, options);
  }

  static Scores score(Dataset dataset, String output, int views, int batch, String... options) {
    return score(dataset, List.of(training.model()), output, views, batch, 0, options);
  }

  static Scores score(
      Dataset dataset,
      List<Location> models,
      String output,
      int views,
      int batch,
      long maxRejected,
      String... options) {
    return new ScorePipeline(ObjectStores.standard())
        .run(
            ScoreSettings.builder()
                .set(ScoreSettings.DATA, dataset.location())
                .set(ScoreSettings.MODEL, models)
                .set(ScoreSettings.OUTPUT, Location.of(directory.resolve(output)))
                .set(InferenceSettings.VIEWS, views)
                .set(InferenceSettings.BATCH, batch)
                .set(RejectedRecords.ALLOWED, maxRejected)
                .build(),
            PipelineOptionsFactory.fromArgs(options).create(),
            Progress.SILENT);
  }

  static List<Prediction> rows(String output) throws IOException {
    Path file = directory.resolve(output).resolve("predictions.jsonl");
    return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
        .map(line -> Json.read(line.getBytes(StandardCharsets.UTF_8), Prediction.class, file))
        .toList();
  }
}
