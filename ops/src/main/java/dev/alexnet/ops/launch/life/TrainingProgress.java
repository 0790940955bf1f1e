package dev.alexnet.ops.launch.life;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.training.log.TrainingLog;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How far the training of a run is, by the metrics that it publishes every minute. Only the end of
 * their file is read, and only if it has changed. Of several trainings, which run one after
 * another, the one that logged last is meant.
 */
final class TrainingProgress {
  /** A line of all metrics of an epoch has about 2,000 characters. */
  private static final int TAIL = 1 << 14;

  private final ObjectStore store;
  private final Location trainings;
  private long generation;
  private Optional<TrainingSample> latest = Optional.empty();

  TrainingProgress(ObjectStore store, Location trainings) {
    this.store = requireNonNull(store, "store is null");
    this.trainings = requireNonNull(trainings, "trainings is null");
  }

  /** Empty if no training has logged anything yet. */
  Optional<TrainingSample> latest() {
    Optional<ObjectEntry> metrics =
        store.objectsBelow(trainings).stream()
            .filter(TrainingProgress::isMetrics)
            .max(Comparator.comparingLong(ObjectEntry::generation));
    if (metrics.isEmpty() || metrics.get().generation() == generation) {
      return latest;
    }
    try {
      Optional<TrainingSample> read = lastOf(metrics.get());
      generation = metrics.get().generation();
      latest = read.isPresent() ? read : latest;
    } catch (Failure e) {
      if (e.kind() != Failure.Kind.INPUT_MISSING) {
        throw e;
      }
      // It was replaced in between; the next look will find it.
    }
    return latest;
  }

  private static boolean isMetrics(ObjectEntry entry) {
    String name = entry.name();
    return name.substring(name.lastIndexOf('/') + 1).equals(TrainingLog.METRICS);
  }

  private Optional<TrainingSample> lastOf(ObjectEntry file) {
    Location location = trainings.resolve(file.name());
    List<String> lines = wholeLines(location, file);
    for (int i = lines.size() - 1; i >= 0; i--) {
      Optional<TrainingSample> sample = sample(lines.get(i), location);
      if (sample.isPresent()) {
        return sample;
      }
    }
    return Optional.empty();
  }

  /** Without a piece of a line at the beginning, or of one that is being written at the end. */
  private List<String> wholeLines(Location location, ObjectEntry file) {
    int length = (int) Math.min(TAIL, file.size());
    byte[] bytes = store.readRange(location, file.generation(), file.size() - length, length);
    String text = new String(bytes, StandardCharsets.UTF_8);
    int begin = length < file.size() ? text.indexOf('\n') + 1 : 0;
    int end = text.lastIndexOf('\n') + 1;
    return begin < end ? text.substring(begin, end).lines().toList() : List.of();
  }

  /** Empty for lines of other metrics. */
  private static Optional<TrainingSample> sample(String line, Location file) {
    JsonNode read = Json.read(line.getBytes(StandardCharsets.UTF_8), JsonNode.class, file);
    return read.has("train/loss")
        ? Optional.of(
            new TrainingSample(
                read.path("step").asLong(),
                read.path("train/loss").asDouble(),
                read.path("images_per_second").asDouble()))
        : Optional.empty();
  }
}
