package dev.alexnet.model.training;

import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.network.NetworkSettings;
import dev.alexnet.model.testing.DatasetFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Base of tests of whole trainings: two small datasets, and settings for them. */
abstract class TrainingTest {
  static final int STEPS = 40;
  static final int CHECKPOINT_STEPS = 10;

  @TempDir static Path sets;
  static Dataset data;
  static Dataset validation;

  final ObjectStore store = ObjectStores.standard();
  final List<String> notices = new ArrayList<>();
  @TempDir Path work;

  @BeforeAll
  static void writeData() {
    data = DatasetFixture.write(sets.resolve("train"), "train", 56, 4, 250);
    validation = DatasetFixture.write(sets.resolve("validation"), "validation", 56, 4, 50);
  }

  TrainingSettings settings(String workdir, String resume, long seed) {
    return settings(
        workdir, STEPS, validation, LearningChoice.of(0.01, Schedule.DEXP), resume, seed);
  }

  /** The same with a rate that does not depend on the training's length. */
  TrainingSettings constant(String workdir, int steps) {
    return constant(workdir, steps, validation);
  }

  TrainingSettings constant(String workdir, int steps, Dataset validatedWith) {
    return settings(
        workdir, steps, validatedWith, LearningChoice.of(0.01, Schedule.CONSTANT), "auto", 3);
  }

  private TrainingSettings settings(
      String workdir,
      int steps,
      Dataset validatedWith,
      LearningChoice plan,
      String resume,
      long seed) {
    return plan.apply(
            TrainingSettings.builder()
                .set(TrainingSettings.DATA, data.location())
                .set(
                    TrainingSettings.VALIDATION,
                    validatedWith == null ? null : validatedWith.location())
                .set(TrainingSettings.WORKDIR, Location.of(work.resolve(workdir)))
                .set(NetworkSettings.PRESET, "mini")
                .set(TrainingSettings.STEPS, (long) steps)
                .set(NetworkSettings.BATCH, 32)
                .set(NetworkSettings.DEVICES, "cpu:0,cpu:1")
                .set(TrainingSettings.RESUME, TrainingSettings.RESUME.parse(resume))
                .set(TrainingSettings.CHECKPOINT_STEPS, (long) CHECKPOINT_STEPS)
                .set(TrainingSettings.SEED, seed))
        .build();
  }

  TrainingResult train(TrainingSettings settings, Progress progress) {
    return new Trainer(store, Clock.systemUTC())
        .train(settings, progress, notices::add, () -> false);
  }

  TrainingResult train(TrainingSettings settings) {
    return train(settings, Progress.SILENT);
  }

  List<String> losses(String workdir) throws IOException {
    // The rate of images is the only number that depends on time.
    try (Stream<String> lines = Files.lines(work.resolve(workdir).resolve("metrics.jsonl"))) {
      return lines
          .map(line -> line.replaceAll("\"images_per_second\":[^,]*,|\"time\":[^,]*,", ""))
          .toList();
    }
  }

  String savedModelHash(String workdir) throws IOException {
    return Sha256.of(Files.readAllBytes(work.resolve(workdir).resolve("model/saved_model.pb")));
  }
}
