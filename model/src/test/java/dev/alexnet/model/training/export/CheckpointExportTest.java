package dev.alexnet.model.training.export;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.network.NetworkSettings;
import dev.alexnet.model.prediction.ModelDescription;
import dev.alexnet.model.prediction.Predictor;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.training.LearningPlan;
import dev.alexnet.model.training.Schedule;
import dev.alexnet.model.training.Trainer;
import dev.alexnet.model.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointExportTest {
  private static final ObjectStore STORE = ObjectStores.standard();

  @TempDir static Path work;
  private static Dataset data;

  /** Thirty steps, an epoch each, with checkpoints every ten and the errors of some in between. */
  @BeforeAll
  static void train() {
    data = DatasetFixture.write(work.resolve("data"), "train", 56, 4, 16);
    new Trainer(STORE, Clock.systemUTC())
        .train(
            TrainingSettings.builder()
                .set(TrainingSettings.DATA, data.location())
                .set(TrainingSettings.VALIDATION, data.location())
                .set(TrainingSettings.WORKDIR, at("training"))
                .set(NetworkSettings.PRESET, "mini")
                .set(NetworkSettings.WITHOUT, "dropout,overlap")
                .set(TrainingSettings.STEPS, 30L)
                .set(NetworkSettings.BATCH, 16)
                .set(LearningPlan.SCHEDULE, Schedule.CONSTANT)
                .set(TrainingSettings.CHECKPOINT_STEPS, 10L)
                .build(),
            Progress.SILENT,
            notice -> {},
            () -> false);
  }

  private static Location at(String name) {
    return Location.of(work.resolve(name));
  }

  private static ModelDescription export(String checkpoint, Location dataset, String output) {
    return new CheckpointExport(STORE)
        .export(
            ExportSettings.builder()
                .set(ExportSettings.TRAINING, at("training"))
                .set(ExportSettings.CHECKPOINT, checkpoint)
                .set(ExportSettings.DATA, dataset)
                .set(ExportSettings.OUTPUT, at(output))
                .build());
  }

  @Test
  void export_theLast_hasTheBytesOfTheTrainingsOwnModel() throws IOException {
    export("last", data.location(), "last");

    for (String file : List.of("saved_model.pb", "model.json")) {
      assertThat(Files.readAllBytes(work.resolve("last").resolve(file)))
          .isEqualTo(Files.readAllBytes(work.resolve("training/model").resolve(file)));
    }
  }

  @Test
  void export_ofAStep_isAModelOfItThatLoadsAndIsLeftAsItIs() throws IOException {
    ModelDescription model = export("20", data.location(), "twenty");

    assertThat(model.steps()).isEqualTo(20);
    assertThat(model.preset()).isEqualTo("mini without dropout and overlap");
    try (Predictor predictor = Predictor.load(STORE, at("twenty"))) {
      assertThat(predictor.description()).isEqualTo(model);
    }
    Path file = work.resolve("twenty/saved_model.pb");
    var written = Files.getLastModifiedTime(file);
    assertThat(export("20", data.location(), "twenty")).isEqualTo(model);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(written);
  }

  @Test
  void export_ofADamagedModel_writesItAgain() throws IOException {
    ModelDescription model = export("20", data.location(), "damaged");
    Files.write(work.resolve("damaged/saved_model.pb"), new byte[] {1});

    assertThat(export("20", data.location(), "damaged")).isEqualTo(model);
    Predictor.load(STORE, at("damaged")).close();
  }

  @Test
  void export_theBest_isOneOfTheLowestError() {
    assertThat(export("best", data.location(), "best").steps()).isBetween(1L, 30L);
  }

  @Test
  void export_ofAStepWithoutACheckpoint_namesThoseThatThereAre() {
    assertThatFailure(() -> export("12345", data.location(), "missing"))
        .isOfKind(Failure.Kind.INPUT_MISSING)
        .hasMessageContaining(
            at("training/checkpoints") + " has no checkpoint '12345'; there are: 30")
        .hasMessageContaining("20 (top-1 error ");
  }

  @Test
  void export_withAnotherDataset_isRefused() {
    Dataset other = DatasetFixture.write(work.resolve("other"), "train", 56, 4, 20);
    assertThatFailure(() -> export("last", other.location(), "refused"))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessageContaining("was trained on another dataset than " + other.location());
    assertThat(work.resolve("refused")).doesNotExist();
  }

  @Test
  void export_intoTheModelOfAnotherStep_isRefused() {
    export("20", data.location(), "taken");
    assertThatFailure(() -> export("last", data.location(), "taken"))
        .isOfKind(Failure.Kind.OUTPUT_EXISTS)
        .hasMessageContaining("is the model of another training or of another step (20, and ");
    assertThatFailure(() -> export("last", data.location(), "data"))
        .isOfKind(Failure.Kind.OUTPUT_EXISTS)
        .hasMessage(at("data") + " holds other files; choose another --output for the model");
    assertThatFailure(() -> export("last", data.location(), "training/model"))
        .isOfKind(Failure.Kind.USAGE)
        .hasMessageContaining("among what the training writes itself");
  }
}
