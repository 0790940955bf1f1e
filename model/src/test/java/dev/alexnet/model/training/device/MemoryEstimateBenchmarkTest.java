package dev.alexnet.model.training.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.Presets;
import dev.alexnet.model.testing.DatasetFixture;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Compares the memory that a training takes, each in its own process, with the estimate. The
 * estimate must be rather too high than too low, because the kernel kills a process if memory runs
 * out.
 */
@Tag("benchmark")
class MemoryEstimateBenchmarkTest {
  private static final int CLASSES = 10;
  private static final int STEPS = 4;

  /**
   * Relative to the estimate: never above it, and not so far below it that batches are rejected
   * needlessly.
   */
  private static final double MOST = 1;

  private static final double LEAST = 0.6;

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "mini, fp32, 512",
    "mini, bf16, 512",
    "mini, fp32, 2048",
    "mini, bf16, 2048",
    "published, fp32, 32",
    "published, bf16, 32",
    "published, fp32, 128",
    "published, bf16, 128"
  })
  void training_inAProcessOfItsOwn_takesWhatItIsSaidTo(String preset, String precision, int batch)
      throws Exception {
    AlexNetSpec spec = Presets.named(preset);
    Path data = directory.resolve("data");
    DatasetFixture.write(data, "train", spec.imageSize(), CLASSES, STEPS * batch);
    Path output = directory.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                TrainingMemory.class.getName(),
                data.toString(),
                preset,
                precision,
                Integer.toString(batch),
                directory.toString())
            .redirectError(new File("/dev/null"))
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor()).isZero();
    List<String> lines = Files.readAllLines(output);
    double taken = Double.parseDouble(lines.get(lines.size() - 1));
    MemoryNeed need = MemoryNeed.of(spec, CLASSES, batch);
    System.out.printf(
        Locale.ROOT,
        "%s %s batch %d: %.0f MiB of %.0f MiB, %.2f%n",
        preset,
        precision,
        batch,
        taken / (1 << 20),
        need.bytes() / (double) (1 << 20),
        taken / need.bytes());
    assertThat(taken / need.bytes()).isBetween(LEAST, MOST);
  }
}
