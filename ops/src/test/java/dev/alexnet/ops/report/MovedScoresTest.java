package dev.alexnet.ops.report;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.settings.SettingsBuilder;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.testing.ModelFixture;
import dev.alexnet.ops.similarity.NeighbourFiles;
import dev.alexnet.pipelines.score.ScorePipeline;
import dev.alexnet.pipelines.score.ScoreSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports of scores that were moved together with their dataset and their model, or without. */
class MovedScoresTest {
  private static final ObjectStore STORE = ObjectStores.standard();

  @TempDir private Path temporary;
  private Path run;

  @BeforeEach
  void score() throws IOException {
    run = temporary.resolve("run");
    Dataset dataset = DatasetFixture.write(run.resolve("dataset/validation"), "test", 56, 3, 6);
    ModelFixture.write(run.resolve("training/model"), dataset, 1);
    new ScorePipeline(STORE)
        .run(
            ScoreSettings.builder()
                .set(ScoreSettings.DATA, dataset.location())
                .set(ScoreSettings.MODEL, List.of(place("training/model")))
                .set(ScoreSettings.OUTPUT, place("scores"))
                .build(),
            PipelineOptionsFactory.create(),
            Progress.SILENT);
  }

  private Location place(String name) {
    return Location.of(run.resolve(name));
  }

  @Test
  void report_everythingMoved_findsModelAndDataset() throws IOException {
    String before = report(null);
    Path moved = temporary.resolve("moved");
    Files.move(run, moved);
    run = moved;

    assertThat(report(null)).isEqualTo(before).contains("dataset/validation", "training/model");
  }

  @Test
  void report_absolutePlacesOfAnEarlierVersionMoved_findsModelAndDataset() throws IOException {
    String before = report(null);
    Path scores = run.resolve("scores/scores.json");
    String absolute =
        Files.readString(scores)
            .replace("\"dataset/validation\"", "\"" + place("dataset/validation") + "\"")
            .replace("\"training/model\"", "\"" + place("training/model") + "\"");
    Files.writeString(scores, absolute);
    Path moved = temporary.resolve("moved");
    Files.move(run, moved);
    run = moved;

    assertThat(report(null).replace(temporary + "/run/", "")).isEqualTo(before);
  }

  @Test
  void report_onlyModelMoved_takesItFromTheOption() throws IOException {
    Location elsewhere = Location.of(temporary.resolve("model"));
    Files.move(run.resolve("training/model"), elsewhere.localPath());

    assertThatFailure(() -> report(null))
        .isOfKind(Failure.Kind.INPUT_MISSING)
        .hasMessage(
            "The model of %s is no longer at training/model; give its place with --model, or that of its training with --training"
                .formatted(place("scores")));
    assertThat(report(elsewhere)).contains("training/model");
  }

  private String report(Location model) {
    SettingsBuilder<ReportSettings> settings =
        ReportSettings.builder()
            .set(ReportSettings.SCORES, place("scores"))
            .set(ReportSettings.OUTPUT, place("report"));
    if (model != null) {
      settings.set(ReportSettings.MODEL, model);
    }
    new Report(STORE, new NeighbourFiles(STORE)).run(settings.build(), Progress.SILENT);
    return new String(STORE.readAll(place("report/report.html")), StandardCharsets.UTF_8);
  }
}
