package dev.alexnet.ops.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.prediction.InferenceSettings;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.testing.ModelFixture;
import dev.alexnet.ops.similarity.NeighbourFiles;
import dev.alexnet.pipelines.score.ScorePipeline;
import dev.alexnet.pipelines.score.ScoreSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnsembleReportTest {
  private static final ObjectStore STORE = ObjectStores.standard();

  @TempDir Path directory;

  @Test
  void write_scoresOfTwoModels_saysWhoseCurvesAndFiltersAreShown() throws Exception {
    Dataset dataset = DatasetFixture.write(directory.resolve("data"), "test", 56, 3, 12);
    Location first = ModelFixture.write(directory.resolve("first/model"), dataset, 1);
    Location second = ModelFixture.write(directory.resolve("second/model"), dataset, 2);
    Files.writeString(
        directory.resolve("second/metrics.jsonl"), "{\"step\":10,\"train/loss\":2.5}\n");
    Location scores = Location.of(directory.resolve("scores"));
    new ScorePipeline(STORE)
        .run(
            ScoreSettings.builder()
                .set(ScoreSettings.DATA, dataset.location())
                .set(ScoreSettings.MODEL, List.of(first, second))
                .set(ScoreSettings.OUTPUT, scores)
                .set(InferenceSettings.BATCH, 16)
                .build(),
            PipelineOptionsFactory.create(),
            Progress.SILENT);
    Path output = directory.resolve("report");

    new Report(STORE, new NeighbourFiles(STORE))
        .run(
            ReportSettings.builder()
                .set(ReportSettings.SCORES, scores)
                .set(ReportSettings.TRAINING, Location.of(directory.resolve("second")))
                .set(ReportSettings.OUTPUT, Location.of(output))
                .build(),
            Progress.SILENT);

    assertThat(Files.readString(output.resolve(Report.FILE)))
        .contains(" 2 models were scored together; these are the curves of ")
        .contains(" 2 models were scored together; these are the filters of ")
        .containsPattern("these are the curves of [^ ]*second/model\\.");
  }
}
