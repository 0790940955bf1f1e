package dev.alexnet.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.progress.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The memory of a training that runs for days must not grow. */
@Tag("endurance")
class MemoryGrowthTest extends TrainingTest {
  private static final int WARM_UP = 500;
  private static final int STEPS = 2000;
  private static final int LIMIT_MIB = 50;

  /** Everything that a training does: steps, validations, logs and checkpoints. */
  @Test
  void train_twoThousandSteps_doesNotGrow() {
    Map<Long, Long> resident = new TreeMap<>();
    Progress watching =
        (done, total, unit, details) -> {
          if (done % WARM_UP == 0) {
            System.gc();
            resident.put(done, residentMebibytes());
          }
        };
    train(constant("grows", WARM_UP + STEPS), watching);
    System.out.println("resident MiB by step: " + resident);
    assertThat(resident.get((long) WARM_UP + STEPS) - resident.get((long) WARM_UP))
        .isLessThan(LIMIT_MIB);
  }

  private static long residentMebibytes() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException("There is no /proc here", e);
    }
  }
}
