package dev.alexnet.pipelines.score;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.prediction.InferenceSettings;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.testing.ModelFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused before anything is scored. */
class ScoreRefusalsTest {
  private static final int CLASSES = 7;

  @TempDir static Path directory;
  private static Dataset data;
  private static Location model;

  @BeforeAll
  static void write() {
    data = DatasetFixture.write(directory.resolve("data"), "validation", 56, CLASSES, 9);
    model = ModelFixture.write(directory.resolve("model"), data, 1);
  }

  private static Scores score(Location output, Integer... top) {
    return new ScorePipeline(ObjectStores.standard())
        .run(
            ScoreSettings.builder()
                .set(ScoreSettings.DATA, data.location())
                .set(ScoreSettings.MODEL, List.of(model))
                .set(ScoreSettings.OUTPUT, output)
                .set(InferenceSettings.BATCH, 16)
                .set(ScoreSettings.TOP, List.of(top))
                .set(ScoreSettings.JOIN_UP_TO, 1000L)
                .build(),
            PipelineOptionsFactory.create(),
            Progress.SILENT);
  }

  private static List<Path> filesIn(Location place) throws IOException {
    try (Stream<Path> files = Files.list(place.localPath())) {
      return files.sorted().toList();
    }
  }

  @Test
  void run_intoADatasetOrAModel_isRefusedAndLeavesItAlone() throws IOException {
    Map<Location, String> taken =
        Map.of(
            data.location(),
            " is a dataset (it holds dataset.json)",
            model,
            " is a model (it holds model.json)");
    for (Map.Entry<Location, String> each : taken.entrySet()) {
      List<Path> before = filesIn(each.getKey());
      assertThatFailure(() -> score(each.getKey()))
          .isOfKind(Failure.Kind.OUTPUT_EXISTS)
          .hasMessage(
              each.getKey()
                  + each.getValue()
                  + ", which is never overwritten; choose another --output");
      assertThat(filesIn(each.getKey())).isEqualTo(before);
    }
  }

  @Test
  void run_moreGuessesThanClasses_isRefused() {
    Location output = Location.of(directory.resolve("scores"));

    assertThatFailure(() -> score(output, 2, 8))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessage(
            "--top counts errors within 8 guesses, but "
                + data.location()
                + " has 7 classes, and one of 7 guesses is always right; give at most 7");
    assertThat(output.localPath()).doesNotExist();

    assertThat(score(output, 7).guesses()).containsExactly(1, 2, 3, 4, 5, 7);
  }
}
