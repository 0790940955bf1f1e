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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports of scores that are not by the labels of all classes. */
class ReportOfOtherTruthTest {
  private static final ObjectStore STORE = ObjectStores.standard();

  @TempDir private Path directory;
  private Dataset dataset;
  private Location model;

  @BeforeEach
  void write() {
    dataset = DatasetFixture.write(directory.resolve("data"), "test", 56, 3, 24);
    model = ModelFixture.write(directory.resolve("model"), dataset, 1);
  }

  private String report(Dataset scored, Location truth) throws IOException {
    Location scores = Location.of(directory.resolve("scores"));
    new ScorePipeline(STORE)
        .run(
            ScoreSettings.builder()
                .set(ScoreSettings.DATA, scored.location())
                .set(ScoreSettings.MODEL, List.of(model))
                .set(ScoreSettings.OUTPUT, scores)
                .set(ScoreSettings.TRUTH, truth)
                .set(InferenceSettings.BATCH, 16)
                .build(),
            PipelineOptionsFactory.create(),
            Progress.SILENT);
    Path output = directory.resolve("report");
    new Report(STORE, new NeighbourFiles(STORE))
        .run(
            ReportSettings.builder()
                .set(ReportSettings.SCORES, scores)
                .set(ReportSettings.OUTPUT, Location.of(output))
                .build(),
            Progress.SILENT);
    return Files.readString(output.resolve(Report.FILE)).replace("&#39;", "'");
  }

  @Test
  void write_scoresOfSomeOfTheModelsClasses_hasBothErrors() throws IOException {
    Dataset subset =
        DatasetFixture.write(
            directory.resolve("subset"),
            "test",
            56,
            dataset.manifest().classes().subList(1, 3),
            List.of(
                new DatasetFixture.Named("a.JPEG", 0, 0),
                new DatasetFixture.Named("b.JPEG", 1, 1)));

    assertThat(report(subset, null))
        .contains("on 2 images of 2 of the model's 3 classes; the centre of each image")
        .contains("<h2>Top-1 error over 3 classes</h2>", "<h2>Top-1 error over the subset's 2</h2>")
        .contains("five guesses always have one of 2 classes");
  }

  @Test
  void write_scoresByOtherLabels_saysWhoseAndWhatIsLeftOut() throws IOException {
    Path truth = Files.writeString(directory.resolve("t.csv"), "test0.JPEG,0 2\ntest1.JPEG,\n");

    assertThat(report(dataset, Location.of(truth)))
        .contains("on 24 images of 3 classes; by the labels of t.csv; the centre")
        .contains("1 are of no class and were left out. 22 have no label.")
        .contains("the paper's errors are by the published labels, and these are by those of ");
  }
}
