package dev.alexnet.ops.launch.life;

import static dev.alexnet.ops.launch.life.LaunchFixture.metrics;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.storage.EmulatedStores;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.testing.gcs.FakeGcs;
import dev.alexnet.infra.testing.gcs.RequestKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrainingProgressTest {
  private static final Location TRAININGS = new Location("gs://bucket/first/training");

  private final FakeGcs service = new FakeGcs();
  private final ObjectStore store = EmulatedStores.standard(service);
  private final TrainingProgress progress = new TrainingProgress(store, TRAININGS);

  @AfterEach
  void stop() {
    service.close();
  }

  private void write(String text) {
    write("metrics.jsonl", text);
  }

  private void write(String name, String text) {
    store.write(TRAININGS.resolve(name), LaunchFixture.bytes(text));
  }

  private static String losses(long... steps) {
    StringBuilder lines = new StringBuilder();
    for (long step : steps) {
      lines.append(metrics(step, "train/loss", 4.5));
    }
    return lines.toString();
  }

  private static TrainingSample sample(long step) {
    return new TrainingSample(step, 4.5, 512.4);
  }

  @Test
  void latest_noFile_isEmpty() {
    write("events/first", "");
    assertThat(progress.latest()).isEmpty();
  }

  @Test
  void latest_linesOfTraining_isTheLast() {
    write(losses(10, 20));
    assertThat(progress.latest()).contains(sample(20));
  }

  @Test
  void latest_unchangedFile_isNotReadAgain() {
    write(losses(10));
    progress.latest();
    service.reset();
    assertThat(progress.latest()).contains(sample(10));
    assertThat(service.counts()).containsOnlyKeys(RequestKind.LIST);
  }

  /** Whose end begins in the middle of a line. */
  @Test
  void latest_longFile_readsOnlyItsEnd() {
    StringBuilder text = new StringBuilder();
    for (long step = 10; step <= 10_000; step += 10) {
      text.append(losses(step));
    }
    write(text.toString());
    assertThat(progress.latest()).contains(sample(10_000));
    assertThat(service.requests())
        .contains(
            "GET /download/storage/v1/b/bucket/o/first%2Ftraining%2Fmetrics.jsonl bytes="
                + (text.length() - (1 << 14))
                + "-"
                + (text.length() - 1));
  }

  @Test
  void latest_lineThatIsBeingWritten_isNotReadYet() {
    write(losses(10) + losses(20).substring(0, 30));
    assertThat(progress.latest()).contains(sample(10));
  }

  @Test
  void latest_fileWithoutTraining_keepsWhatWasKnown() {
    write(losses(10));
    progress.latest();
    write(metrics(10, "validation/loss", 4.0));
    assertThat(progress.latest()).contains(sample(10));
  }

  @Test
  void latest_severalTrainings_isOfTheOneThatLoggedLast() {
    write("first/metrics.jsonl", losses(900));
    write("second/metrics.jsonl", losses(10));
    assertThat(progress.latest()).contains(sample(10));
    write("first/metrics.jsonl", losses(910));
    assertThat(progress.latest()).contains(sample(910));
  }
}
