package dev.alexnet.pipelines.score;

import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.training.LearningPlan;
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

  static List<Prediction> rows(String output) throws IOException {
    Path file = directory.resolve(output).resolve("predictions.jsonl");
    return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
        .map(line -> Json.read(line.getBytes(StandardCharsets.UTF_8), Prediction.class, file))
        .toList();
  }
}
