package dev.alexnet.model.training.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.TfRecordReader;
import dev.alexnet.model.network.Parameter;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.training.step.LearningRates;
import dev.alexnet.model.training.step.MiniSession;
import dev.alexnet.model.training.step.Snapshot;
import dev.alexnet.model.training.step.TrainingSession;
import dev.alexnet.model.training.watch.StallWatch;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;

class ParameterSummaryTest {
  private static final LearningRates RATES = new LearningRates(0.01, 0.02);

  @TempDir Path directory;

  /** Reads the file as TensorBoard does: records with checksums, each an event. */
  @Test
  void of_aSession_putsHistogramsFiltersAndMeansIntoTheEventFile() throws IOException {
    Dataset data = DatasetFixture.write(directory.resolve("set"), "train", 56, 4, 16);
    float[] before;
    float[] after;
    try (TrainingSession session = MiniSession.of(data, Placement.host(2), 16)) {
      session.variables().initialize();
      session.seek(0);
      Parameter parameter = named(session, "tower1/conv2/weights");
      before = session.variables().value(parameter);
      session.step(0, RATES);
      after = session.variables().value(parameter);
      try (Snapshot snapshot = session.variables().snapshot();
          TrainingLog log =
              new TrainingLog(
                  directory.resolve("work"), Clock.systemUTC(), 0, StallWatch.unlimited())) {
        log.parameters(1, ParameterSummary.of(snapshot, session.variables().parameters(), RATES));
      }
    }
    List<Event> events = events();
    assertThat(events.get(0).getFileVersion()).isEqualTo("brain.Event:2");
    List<Summary.Value> values =
        events.stream().flatMap(event -> event.getSummary().getValueList().stream()).toList();

    Summary.Value weights = tagged(values, "parameters/tower1/conv2/weights");
    assertThat(weights.getHisto().getNum()).isEqualTo(after.length);
    assertThat(weights.getHisto().getSum()).isEqualTo(sum(after), within(1e-6));
    // The first update is the change of the value: momentum starts at 0.
    double updates = 0;
    for (int i = 0; i < after.length; i++) {
      updates += after[i] - before[i];
    }
    Summary.Value update = tagged(values, "updates/tower1/conv2/weights");
    assertThat(update.getHisto().getSum()).isEqualTo(updates, within(1e-4));
    assertThat(update.getHisto().getMax()).isPositive();

    float weight = tagged(values, "mean_absolute_weight/conv2").getSimpleValue();
    assertThat(tagged(values, "update_to_weight/conv2").getSimpleValue())
        .isEqualTo(
            tagged(values, "mean_absolute_update/conv2").getSimpleValue() / weight, within(1e-6f));
    assertThat(Files.readString(directory.resolve("work/metrics.jsonl")))
        .contains("\"step\":1,", "\"mean_absolute_weight/conv1\":")
        .contains("\"update_to_weight/fc8\":");

    Summary.Image filters = tagged(values, "filters/conv1").getImage();
    BufferedImage picture =
        ImageIO.read(new ByteArrayInputStream(filters.getEncodedImageString().toByteArray()));
    // Two towers of 16 filters of 5 × 5 pixels, drawn three times as large, 8 in a row.
    assertThat(picture.getWidth()).isEqualTo(filters.getWidth()).isEqualTo(2 * 138 + 12);
    assertThat(picture.getHeight()).isEqualTo(filters.getHeight()).isEqualTo(36);
  }

  @Test
  void of_aLayerFrozenAfterItMoved_hasNoUpdateThere() {
    Dataset data = DatasetFixture.write(directory.resolve("set"), "train", 56, 4, 16);
    LearningRates frozen =
        new LearningRates(0.01, 0.02, Map.of("conv1", new LearningRates.LayerRates(0, 0)));
    try (TrainingSession session = MiniSession.of(data, Placement.host(2), 16)) {
      session.variables().initialize();
      session.seek(0);
      session.step(0, RATES);
      session.seek(0);
      session.step(0, frozen);
      try (Snapshot snapshot = session.variables().snapshot()) {
        ParameterSummary summary =
            ParameterSummary.of(snapshot, session.variables().parameters(), frozen);
        assertThat(summary.scalars())
            .containsEntry("mean_absolute_update/conv1", 0.0)
            .containsEntry("update_to_weight/conv1", 0.0);
        assertThat(summary.scalars().get("mean_absolute_update/conv2")).isPositive();
        assertThat(
                tagged(summary.pictures().getValueList(), "updates/tower0/conv1/weights")
                    .getHisto()
                    .getMax())
            .isZero();
      }
    }
  }

  private static Parameter named(TrainingSession session, String name) {
    return session.variables().parameters().stream()
        .filter(parameter -> parameter.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private List<Event> events() throws IOException {
    List<Event> events = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory.resolve("work/events"))) {
      Path file = files.collect(Collectors.toList()).get(0);
      try (TfRecordReader reader =
          new TfRecordReader(Files.newInputStream(file), file.toString())) {
        for (byte[] record = reader.next(); record != null; record = reader.next()) {
          events.add(Event.parseFrom(record));
        }
      }
    }
    return events;
  }

  private static Summary.Value tagged(List<Summary.Value> values, String tag) {
    return values.stream().filter(value -> value.getTag().equals(tag)).findFirst().orElseThrow();
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }
}
