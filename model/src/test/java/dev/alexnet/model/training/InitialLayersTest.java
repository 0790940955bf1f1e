package dev.alexnet.model.training;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.network.NetworkSettings;
import dev.alexnet.model.prediction.ExportedParameters;
import dev.alexnet.model.testing.DatasetFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.FloatNdArray;

/** A small training, and trainings that start with its layers. */
class InitialLayersTest {
  @TempDir static Path directory;

  private static final ObjectStore STORE = ObjectStores.standard();
  private static Dataset data;
  private static Dataset others;
  private static Location model;
  private static Location checkpoint;

  private final List<String> notices = new ArrayList<>();

  @BeforeAll
  static void trainAModel() {
    data = DatasetFixture.write(directory.resolve("four"), "train", 56, 4, 32);
    others = DatasetFixture.write(directory.resolve("six"), "train", 56, 6, 36);
    Path workdir = directory.resolve("first");
    train(
        settings(data, workdir, "", 5, LearningChoice.of(0.01, Schedule.CONSTANT)),
        new ArrayList<>());
    model = Location.of(workdir.resolve("model"));
    checkpoint = Location.of(workdir.resolve("checkpoints/step-00000005"));
  }

  private static TrainingSettings settings(
      Dataset data, Path workdir, String without, long steps, LearningChoice plan) {
    return settings(data, workdir, without, steps, plan, "auto");
  }

  private static TrainingSettings settings(
      Dataset data, Path workdir, String without, long steps, LearningChoice plan, String resume) {
    return plan.apply(
            TrainingSettings.builder()
                .set(TrainingSettings.DATA, data.location())
                .set(TrainingSettings.WORKDIR, Location.of(workdir))
                .set(NetworkSettings.PRESET, "mini")
                .set(NetworkSettings.WITHOUT, without)
                .set(TrainingSettings.STEPS, steps)
                .set(NetworkSettings.BATCH, 8)
                .set(NetworkSettings.DEVICES, "cpu:0")
                .set(TrainingSettings.RESUME, TrainingSettings.RESUME.parse(resume))
                .set(TrainingSettings.SEED, 9L))
        .build();
  }

  private static void train(TrainingSettings settings, List<String> notices) {
    new Trainer(STORE, Clock.systemUTC())
        .train(settings, Progress.SILENT, notices::add, () -> false);
  }

  /** A step at a rate too small for single precision leaves the initial values unchanged. */
  private static LearningChoice standing(Location from, String layers) {
    return builder ->
        LearningChoice.of(1e-30, Schedule.CONSTANT)
            .apply(builder)
            .set(InitialModel.DIRECTORY, from)
            .set(InitialModel.LAYERS, layers);
  }

  private ExportedParameters begun(String name, Dataset set, String without, LearningChoice plan) {
    Path workdir = directory.resolve(name);
    train(settings(set, workdir, without, 1, plan), notices);
    return ExportedParameters.of(STORE, Location.of(workdir.resolve("model")));
  }

  private static FloatNdArray value(ExportedParameters parameters, String name) {
    return parameters.find(name).orElseThrow();
  }

  @Test
  void train_fromAModelOfOtherClasses_copiesAllButTheLastLayer() {
    ExportedParameters first = ExportedParameters.of(STORE, model);
    ExportedParameters second = begun("classes", others, "", standing(model, ""));
    for (String name :
        List.of("tower0/conv1/weights", "tower1/conv3/biases", "tower1/fc7/weights")) {
      assertThat(value(second, name)).as(name).isEqualTo(value(first, name));
    }
    assertThat(value(second, "tower0/fc8/weights").shape().get(1)).isEqualTo(6);
    assertThat(notices)
        .contains(
            "Copied from "
                + model
                + ": conv1, conv2, conv3, conv4, conv5, fc6, fc7; initialised at random: fc8 "
                + "(other classes)");
  }

  @Test
  void train_fromACheckpoint_startsLikeFromTheModelOfItsStep() {
    ExportedParameters first = ExportedParameters.of(STORE, model);
    ExportedParameters second = begun("checkpoint", data, "", standing(checkpoint, ""));
    for (String name : List.of("tower0/conv1/weights", "tower1/fc6/biases", "tower0/fc8/weights")) {
      assertThat(value(second, name)).as(name).isEqualTo(value(first, name));
    }
    assertThat(notices).anyMatch(notice -> notice.endsWith("fc7, fc8"));
  }

  @Test
  void train_intoAnotherNetwork_copiesWhatIsTheSameAndSaysWhatIsNot() {
    begun("without", data, "conv3", standing(model, ""));
    assertThat(notices)
        .contains(
            "Copied from "
                + model
                + ": conv1, conv2, conv5, fc6, fc7, fc8; initialised at random: conv4 "
                + "(tower0/conv4/weights is"
                + " [3, 3, 48, 48] there, [3, 3, 64, 48] here)");
  }

  @Test
  void train_withNamedLayers_copiesThoseAndInitialisesTheOthers() {
    ExportedParameters first = ExportedParameters.of(STORE, model);
    ExportedParameters second = begun("named", data, "", standing(model, "conv1, conv2"));
    assertThat(value(second, "tower1/conv2/weights"))
        .isEqualTo(value(first, "tower1/conv2/weights"));
    assertThat(value(second, "tower1/conv3/weights"))
        .isNotEqualTo(value(first, "tower1/conv3/weights"));
  }

  @Test
  void train_whereANamedLayerDoesNotFit_isRefused() {
    assertThatFailure(() -> begun("misfit", others, "", standing(model, "fc8")))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessageContaining("tower0/fc8/weights is [256, 4] there, [256, 6] here");
    assertThatFailure(() -> begun("misfit", data, "", standing(model, "conv9")))
        .isOfKind(Failure.Kind.USAGE)
        .hasMessageContaining(
            "initial-layers names 'conv9', which is not a layer of mini that learns");
  }

  @Test
  void train_fromAWorkDirectory_saysWhichDirectoriesToGive() {
    assertThatFailure(
            () -> begun("nothing", data, "", standing(Location.of(directory.resolve("first")), "")))
        .isOfKind(Failure.Kind.INPUT_MISSING)
        .hasMessageContaining("is neither an exported model");
  }

  @Test
  void train_fromADamagedCheckpoint_isRefused() throws Exception {
    Path copy = directory.resolve("damaged");
    Files.createDirectories(copy);
    try (var files = Files.list(checkpoint.localPath())) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    Path tensors = copy.resolve("tensors.data-00000-of-00001");
    byte[] bytes = Files.readAllBytes(tensors);
    bytes[1000] ^= 1;
    Files.write(tensors, bytes);
    assertThatFailure(() -> begun("damaged-work", data, "", standing(Location.of(copy), "")))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessageContaining("initial-model is damaged");
  }

  @Test
  void train_neverResumingFromItsOwnWorkDirectory_isRefusedBeforeItIsEmptied() {
    Path workdir = directory.resolve("own");
    train(settings(data, workdir, "", 1, LearningChoice.of(0.01, Schedule.CONSTANT)), notices);
    for (String own : List.of("model", "checkpoints/step-00000001")) {
      Location from = Location.of(workdir.resolve(own));
      assertThatFailure(() -> train(anew(data, workdir, standing(from, "")), notices))
          .isOfKind(Failure.Kind.USAGE)
          .hasMessageContaining("initial-model is in the workdir " + workdir);
    }
    assertThat(workdir.resolve("model/model.json")).exists();
    assertThat(workdir.resolve("checkpoints/step-00000001/COMMIT.json")).exists();
  }

  @Test
  void train_neverResumingFromLayersThatDoNotFit_keepsTheOldFiles() {
    Path workdir = directory.resolve("there");
    train(settings(others, workdir, "", 1, LearningChoice.of(0.01, Schedule.CONSTANT)), notices);
    assertThatFailure(() -> train(anew(others, workdir, standing(model, "fc8")), notices))
        .isOfKind(Failure.Kind.MISMATCH);
    assertThat(workdir.resolve("model/model.json")).exists();
    assertThat(workdir.resolve("checkpoints/step-00000001/COMMIT.json")).exists();
  }

  private static TrainingSettings anew(Dataset data, Path workdir, LearningChoice plan) {
    return settings(data, workdir, "", 1, plan, "never");
  }

  @Test
  void train_resumedFromAnotherModel_isRefused() {
    begun("begun", data, "", standing(model, ""));
    assertThatFailure(() -> begun("begun", data, "", standing(checkpoint, "")))
        .hasMessageContaining("initial-model was ");
    assertThatFailure(() -> begun("begun", data, "", LearningChoice.of(1e-30, Schedule.CONSTANT)))
        .hasMessageContaining("and is none");
  }
}
