package dev.alexnet.tests;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.network.NetworkSettings;
import dev.alexnet.model.training.Trainer;
import dev.alexnet.model.training.TrainingSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;

/** A training in its own process, which sends itself SIGKILL after a given step. */
final class SelfKillingTraining {
  static final int STEPS = 60;

  private SelfKillingTraining() {}

  /**
   * @param arguments the dataset, the work directory, and the step
   */
  public static void main(String[] arguments) {
    long lastStep = Long.parseLong(arguments[2]);
    train(
        Path.of(arguments[0]),
        Path.of(arguments[1]),
        (done, total, unit, details) -> {
          if (done == lastStep) {
            kill(ProcessHandle.current().pid());
          }
        });
    System.exit(0);
  }

  static void train(Path data, Path workdir, Progress progress) {
    TrainingSettings settings =
        TrainingSettings.builder()
            .set(TrainingSettings.DATA, Location.of(data))
            .set(TrainingSettings.WORKDIR, Location.of(workdir))
            .set(NetworkSettings.PRESET, "mini")
            .set(TrainingSettings.STEPS, (long) STEPS)
            .set(NetworkSettings.BATCH, 16)
            .set(NetworkSettings.DEVICES, "cpu:0,cpu:1")
            .set(TrainingSettings.CHECKPOINT_STEPS, 10L)
            .build();
    new Trainer(ObjectStores.standard(), Clock.systemUTC())
        .train(settings, progress, System.err::println, () -> false);
  }

  private static void kill(long process) {
    try {
      new ProcessBuilder("kill", "-9", Long.toString(process)).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot run kill", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
