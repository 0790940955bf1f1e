package dev.alexnet.ops.launch.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.infra.testing.CountingStore;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingProgressTest {
  private static final String LINE =
      "{\"step\":%d,\"train/loss\":4.5,\"train/top1_error\":0.5,\"images_per_second\":400.0}\n";

  @TempDir private Path directory;
  private final CountingStore store = new CountingStore(ObjectStores.standard());
  private Location file;
  private TrainingProgress progress;

  @BeforeEach
  void prepare() {
    file = Location.of(directory.resolve("metrics.jsonl"));
    progress = new TrainingProgress(store, file);
  }

  private void write(String text) {
    store.write(file, LaunchFixture.bytes(text));
  }

  @Test
  void latest_noFile_isEmpty() {
    assertThat(progress.latest()).isEmpty();
  }

  @Test
  void latest_linesOfTraining_isTheLast() {
    write(LINE.formatted(10) + LINE.formatted(20));
    assertThat(progress.latest()).contains(new TrainingSample(20, 4.5, 400));
  }

  @Test
  void latest_unchangedFile_isNotReadAgain() {
    write(LINE.formatted(10));
    progress.latest();
    long before = store.callsAt(file);
    assertThat(progress.latest()).contains(new TrainingSample(10, 4.5, 400));
    assertThat(store.callsAt(file) - before).isEqualTo(1);
  }

  @Test
  void latest_longFile_readsOnlyItsEnd() {
    StringBuilder text = new StringBuilder();
    for (int step = 10; step <= 100_000; step += 10) {
      text.append(LINE.formatted(step));
    }
    write(text.toString());
    assertThat(progress.latest()).contains(new TrainingSample(100_000, 4.5, 400));
  }

  @Test
  void latest_fileWithoutTraining_keepsWhatWasKnown() {
    write(LINE.formatted(10));
    progress.latest();
    write("{\"step\":10,\"validation/loss\":4.0}\n");
    assertThat(progress.latest()).contains(new TrainingSample(10, 4.5, 400));
  }
}
