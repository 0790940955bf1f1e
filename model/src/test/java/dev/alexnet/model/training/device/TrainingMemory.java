package dev.alexnet.model.training.device;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.network.Execution;
import dev.alexnet.model.network.NetworkSettings;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.network.Presets;
import dev.alexnet.model.training.step.LearningRates;
import dev.alexnet.model.training.step.SessionPlan;
import dev.alexnet.model.training.step.Snapshot;
import dev.alexnet.model.training.step.TrainingSession;
import dev.alexnet.model.training.watch.StallWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tensorflow.TensorFlow;

/** A short training in its own process, which prints how much memory it took. */
final class TrainingMemory {
  private static final LearningRates RATES = new LearningRates(0.001, 0.002);
  private static final int STEPS = 4;

  private TrainingMemory() {}

  /**
   * Prints the peak of resident bytes minus those before the start.
   *
   * @param arguments the dataset, preset, precision, batch, and the directory for a checkpoint
   */
  public static void main(String[] arguments) throws IOException {
    Dataset data = Dataset.open(ObjectStores.standard(), Location.of(Path.of(arguments[0])));
    TensorFlow.version();
    System.gc();
    Files.writeString(Path.of("/proc/self/clear_refs"), "5");
    long before = status("VmRSS");
    try (TrainingSession session =
        new TrainingSession(
            SessionPlan.published(
                Presets.named(arguments[1]),
                Execution.on(
                    Placement.parse("cpu:0,cpu:1", 2),
                    NetworkSettings.PRECISION.parse(arguments[2])),
                Integer.parseInt(arguments[3])),
            data,
            null,
            StallWatch.unlimited())) {
      session.variables().initialize();
      session.seek(0);
      for (int step = 0; step < STEPS; step++) {
        try (Snapshot snapshot = session.variables().snapshot()) {
          session.step(step, RATES);
          snapshot.save(Path.of(arguments[4], "tensors"));
        }
      }
    }
    System.out.println(status("VmHWM") - before);
  }

  private static long status(String name) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(name + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElseThrow();
  }
}
