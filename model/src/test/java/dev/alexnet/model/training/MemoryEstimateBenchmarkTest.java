package dev.alexnet.model.training;

import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.NetworkProfile;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.network.Presets;
import dev.alexnet.model.testing.DatasetFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much memory a training takes. */
@Tag("benchmark")
class MemoryEstimateBenchmarkTest {
  private static final LearningRates RATES = new LearningRates(0.001, 0.002);

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"mini,64", "mini,512", "mini,2048", "published,1", "published,32", "published,128"})
  void step_ofABatch_takesMemory(String preset, int batch) throws IOException {
    AlexNetSpec spec = Presets.named(preset, "");
    Dataset data =
        DatasetFixture.write(directory.resolve("set"), "train", spec.imageSize(), 10, 2 * batch);
    Files.writeString(Path.of("/proc/self/clear_refs"), "5");
    long before = status("VmRSS");
    try (TrainingSession session =
        new TrainingSession(
            spec, Placement.host(2), data, null, UpdateRule.PUBLISHED, batch, 1, step -> true)) {
      session.variables().initialize();
      session.seek(0);
      session.step(0, RATES);
      session.step(1, RATES);
      NetworkProfile profile = NetworkProfile.of(spec, 10);
      System.out.printf(
          Locale.ROOT,
          "%s batch %d: peak %d MiB more; parameters %d MiB, values %d MiB, input %d MiB%n",
          preset,
          batch,
          (status("VmHWM") - before) / 1024,
          (profile.parameters() * 4) >> 20,
          (4L * batch * profile.layers().stream().mapToLong(layer -> layer.values()).sum()) >> 20,
          (3L * spec.inputSize() * spec.inputSize() * 4 * batch) >> 20);
    }
  }

  private static long status(String name) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(name + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
