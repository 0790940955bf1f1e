package dev.alexnet.model.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.Execution;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.network.Presets;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.training.step.LearningRates;
import dev.alexnet.model.training.step.SessionPlan;
import dev.alexnet.model.training.step.TrainingSession;
import dev.alexnet.model.training.watch.StallWatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much a checkpoint of the published network delays a training. */
@Tag("benchmark")
class CheckpointBenchmarkTest {
  private static final LearningRates RATES = new LearningRates(0.01, 0.02);
  private static final int CLASSES = 1000;
  private static final int BATCH = 32;
  private static final int STEPS_BETWEEN = 6;
  private static final int ROUNDS = 3;

  @TempDir Path directory;

  @Test
  void begin_ofThePublishedNetwork_costsLessThanWritingIt() {
    AlexNetSpec spec = Presets.named("published", "");
    Dataset data = DatasetFixture.write(directory.resolve("set"), "train", 256, CLASSES, 2048);
    try (TrainingSession session =
        new TrainingSession(
            SessionPlan.published(spec, Execution.on(Placement.host(2)), BATCH),
            data,
            null,
            StallWatch.unlimited())) {
      session.variables().initialize();
      session.seek(0);
      steps(session, 2);
      List<Double> plain = new ArrayList<>();
      List<Double> waited = new ArrayList<>();
      List<Double> held = new ArrayList<>();
      List<Double> behind = new ArrayList<>();
      Checkpoints checkpoints =
          new LocalCheckpoints(ObjectStores.standard(), directory.resolve("checkpoints"));
      for (int round = 0; round < ROUNDS; round++) {
        int number = 2 * round;
        plain.add(steps(session, STEPS_BETWEEN));
        try (CheckpointWriter writer = new CheckpointWriter(checkpoints, StallWatch.unlimited())) {
          waited.add(seconds(() -> begin(writer, session, number + 1, true)));
          plain.add(steps(session, STEPS_BETWEEN));
          held.add(seconds(() -> begin(writer, session, number + 2, false)));
          behind.add(steps(session, STEPS_BETWEEN));
        }
      }
      System.out.printf(
          Locale.ROOT,
          "waiting for a checkpoint: %s s%nbeginning one: %s s%n%d steps: %s s, while one is written: %s s%n",
          waited,
          held,
          STEPS_BETWEEN,
          plain,
          behind);
      double cost = median(held) + median(behind) - median(plain);
      System.out.printf(Locale.ROOT, "it costs %.2f s instead of %.2f s%n", cost, median(waited));
      assertThat(median(held)).isLessThan(median(waited) / 4);
    }
  }

  private static void begin(
      CheckpointWriter writer, TrainingSession session, long step, boolean wait) {
    writer.begin(CheckpointWriterTest.state(step), session.variables()::snapshot, () -> {});
    if (wait) {
      writer.await();
    }
  }

  private static double steps(TrainingSession session, int count) {
    return seconds(
        () -> {
          for (int step = 0; step < count; step++) {
            session.step(step, RATES);
          }
        });
  }

  private static double seconds(Runnable work) {
    long began = System.nanoTime();
    work.run();
    return (System.nanoTime() - began) / 1e9;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }
}
