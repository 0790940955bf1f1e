package dev.alexnet.ops.paper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepsToErrorTest {
  @TempDir Path workdir;

  /** A log with an error after every ten steps, and epochs of 20 steps. */
  private TrainingCurves log(double... errors) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < errors.length; i++) {
      int step = 10 * (i + 1);
      lines.append("{\"step\":%d,\"train/top1_error\":%s}\n".formatted(step, errors[i]));
      if (step % 20 == 0) {
        lines.append("{\"step\":%d,\"mean_absolute_weight/conv1\":0.1}\n".formatted(step));
      }
    }
    Files.writeString(workdir.resolve("metrics.jsonl"), lines);
    return TrainingCurves.read(ObjectStores.standard(), Location.of(workdir));
  }

  @Test
  void of_errorsOfBatches_takesTheFirstEpochWhoseMeanIsLowEnough() throws IOException {
    // The means over an epoch are 0.625, 0.5, 0.375, 0.25, 0.25: the second of them is not taken
    // for its low half.
    assertThat(StepsToError.of("one", log(1, 0.25, 0.75, 0, 0.5, 0), 0.3))
        .isEqualTo(new StepsToError("one", 50L, 20, 0.25, 60));
  }

  @Test
  void of_anErrorThatIsExactlyReached_counts() throws IOException {
    assertThat(StepsToError.of("one", log(1, 0.5, 0.25, 0.25, 0.5, 0.5), 0.25))
        .isEqualTo(new StepsToError("one", 40L, 20, 0.25, 60));
  }

  @Test
  void of_anErrorThatIsNotReached_hasNoStepsButTheLowest() throws IOException {
    assertThat(StepsToError.of("one", log(1, 0.5, 0.5, 0.5), 0.25))
        .isEqualTo(new StepsToError("one", null, 20, 0.5, 40));
  }

  @Test
  void of_lessThanAnEpoch_isNothing() throws IOException {
    assertThat(StepsToError.of("one", log(0.1), 0.25)).isNull();
    assertThat(log(0.1).stepsPerEpoch()).isEmpty();
  }
}
