package dev.alexnet.ops.launch.life;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.infra.storage.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * How far the training of a run is, by the metrics that it publishes every minute. Only the end of
 * their file is read, and only if it has changed.
 */
final class TrainingProgress {
  /** A line of all metrics of an epoch has about 2,000 characters. */
  private static final int TAIL = 1 << 14;

  private final ObjectStore store;
  private final Location metrics;
  private long generation;
  private Optional<TrainingSample> latest = Optional.empty();

  TrainingProgress(ObjectStore store, Location metrics) {
    this.store = requireNonNull(store, "store is null");
    this.metrics = requireNonNull(metrics, "metrics is null");
  }

  /** Empty if no training has logged anything yet. */
  Optional<TrainingSample> latest() {
    Optional<ObjectEntry> file = store.find(metrics);
    if (file.isEmpty() || file.get().generation() == generation) {
      return latest;
    }
    try {
      Optional<TrainingSample> read = lastOf(tail(file.get()));
      generation = file.get().generation();
      latest = read.isPresent() ? read : latest;
    } catch (Failure e) {
      if (e.kind() != Failure.Kind.INPUT_MISSING) {
        throw e;
      }
      // It was replaced in between; the next look will find it.
    }
    return latest;
  }

  private String tail(ObjectEntry file) {
    int length = (int) Math.min(TAIL, file.size());
    byte[] bytes = store.readRange(metrics, file.generation(), file.size() - length, length);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static Optional<TrainingSample> lastOf(String text) {
    List<String> lines = text.lines().toList();
    for (int i = lines.size() - 1; i >= 0; i--) {
      Optional<TrainingSample> sample = sample(lines.get(i));
      if (sample.isPresent()) {
        return sample;
      }
    }
    return Optional.empty();
  }

  /** Empty for lines of other metrics, and for the piece of a line that the tail begins with. */
  private static Optional<TrainingSample> sample(String line) {
    if (!line.startsWith("{\"step\":") || !line.endsWith("}")) {
      return Optional.empty();
    }
    JsonNode read =
        Json.read(line.getBytes(StandardCharsets.UTF_8), JsonNode.class, "a line of metrics");
    return read.has("train/loss")
        ? Optional.of(
            new TrainingSample(
                read.path("step").asLong(),
                read.path("train/loss").asDouble(),
                read.path("images_per_second").asDouble()))
        : Optional.empty();
  }
}
