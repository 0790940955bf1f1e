package dev.alexnet.ops.scoring;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.settings.SettingsBuilder;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.network.NetworkSettings;
import dev.alexnet.model.prediction.Predictor;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.training.Trainer;
import dev.alexnet.model.training.TrainingSettings;
import dev.alexnet.model.training.export.CheckpointExport;
import dev.alexnet.pipelines.score.ScoreSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoredCheckpointsTest {
  private final ObjectStore store = ObjectStores.standard();
  private final ScoredCheckpoints checkpoints =
      new ScoredCheckpoints(store, new CheckpointExport(store));
  @TempDir Path work;

  private Location at(String name) {
    return Location.of(work.resolve(name));
  }

  private SettingsBuilder<ScoreSettings> scoring(String... models) {
    return ScoreSettings.builder()
        .set(ScoreSettings.DATA, at("validation"))
        .set(ScoreSettings.MODEL, List.of(models).stream().map(this::at).toList())
        .set(ScoreSettings.WEIGHTS, List.of(0.25, 0.75))
        .set(ScoreSettings.OUTPUT, at("scores"));
  }

  @Test
  void exported_aModelAndACheckpoint_replacesTheCheckpointByItsModel() {
    Dataset data = DatasetFixture.write(work.resolve("data"), "train", 56, 4, 16);
    new Trainer(store, Clock.systemUTC())
        .train(
            TrainingSettings.builder()
                .set(TrainingSettings.DATA, data.location())
                .set(TrainingSettings.WORKDIR, at("training"))
                .set(NetworkSettings.PRESET, "mini")
                .set(TrainingSettings.STEPS, 20L)
                .set(NetworkSettings.BATCH, 16)
                .set(TrainingSettings.CHECKPOINT_STEPS, 10L)
                .build(),
            Progress.SILENT,
            notice -> {},
            () -> false);
    String checkpoint = "training/checkpoints/step-00000010";
    assertThatFailure(() -> checkpoints.exported(scoring("training/model", checkpoint).build()))
        .isOfKind(Failure.Kind.USAGE)
        .hasMessage(
            at(checkpoint)
                + " is a checkpoint, which has neither the classes nor the mean of its training"
                + " set; give the dataset that it was trained on with --trained-on");

    ScoreSettings given =
        scoring("training/model", checkpoint)
            .set(ScoreSettings.TRAINED_ON, data.location())
            .build();
    ScoreSettings exported = checkpoints.exported(given);

    assertThat(exported)
        .isEqualTo(
            scoring("training/model", "scores/models/2-step-00000010")
                .set(ScoreSettings.TRAINED_ON, data.location())
                .build());
    assertThat(Predictor.describe(store, at("scores/models/2-step-00000010")).steps())
        .isEqualTo(10);
  }

  @Test
  void exported_modelsAlone_areTheSameSettings() {
    ScoreSettings given = scoring("one", "two").build();
    assertThat(checkpoints.exported(given)).isSameAs(given);
  }
}
