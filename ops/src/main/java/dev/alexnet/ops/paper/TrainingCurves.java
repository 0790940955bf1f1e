package dev.alexnet.ops.paper;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.training.Trainer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** The numbers that a training logged, by name. Unknown names are kept too. */
public final class TrainingCurves {
  private static final String STEP = "step";
  private static final int MOST_POINTS = 400;

  private final Map<String, List<Point>> points = new TreeMap<>();

  /** What was logged at a step. */
  public record Point(double step, double value) {}

  private TrainingCurves() {}

  /**
   * @param workdir of the training
   * @throws Failure of kind INPUT_MISSING if nothing was logged, BAD_DATA if a line is not a log
   *     entry
   */
  public static TrainingCurves read(ObjectStore store, Location workdir) {
    Location file = workdir.resolve(Trainer.METRICS);
    if (!store.exists(file)) {
      throw new Failure(
          Failure.Kind.INPUT_MISSING,
          "There is no training log at "
              + workdir
              + " (no "
              + Trainer.METRICS
              + "); give --training the --workdir of 'alexnet train', or leave it out for a report"
              + " without learning curves");
    }
    TrainingCurves curves = new TrainingCurves();
    List<String> lines = new String(store.readAll(file), StandardCharsets.UTF_8).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      // A killed run can leave an incomplete line, always the last one.
      if (i < lines.size() - 1 || lines.get(i).endsWith("}")) {
        curves.add(lines.get(i), file + " line " + (i + 1));
      }
    }
    return curves;
  }

  private void add(String line, String where) {
    JsonNode row = Json.read(line.getBytes(StandardCharsets.UTF_8), JsonNode.class, where);
    if (!row.path(STEP).isNumber()) {
      throw new Failure(Failure.Kind.BAD_DATA, where + " has no number '" + STEP + "'");
    }
    double step = row.path(STEP).asDouble();
    row.fields()
        .forEachRemaining(
            field -> {
              double value = field.getValue().asDouble(Double.NaN);
              if (!field.getKey().equals(STEP) && Double.isFinite(value)) {
                points
                    .computeIfAbsent(field.getKey(), none -> new ArrayList<>())
                    .add(new Point(step, value));
              }
            });
  }

  /** Every value logged under a name. */
  List<Point> all(String name) {
    return List.copyOf(points.getOrDefault(name, List.of()));
  }

  /**
   * How many steps an epoch has.
   *
   * @return empty if none was finished
   */
  OptionalDouble stepsPerEpoch() {
    return points.entrySet().stream()
        .filter(logged -> logged.getKey().startsWith(Trainer.LOGGED_AFTER_EPOCHS))
        .mapToDouble(logged -> logged.getValue().get(0).step())
        .min();
  }

  /** The values logged under a name; if there are many, the means of neighbouring ones. */
  public List<Point> of(String name) {
    List<Point> all = points.getOrDefault(name, List.of());
    int together = together(all.size());
    List<Point> means = new ArrayList<>();
    for (int from = 0; from < all.size(); from += together) {
      List<Point> neighbours = all.subList(from, Math.min(all.size(), from + together));
      means.add(
          new Point(
              neighbours.stream().mapToDouble(Point::step).average().orElseThrow(),
              neighbours.stream().mapToDouble(Point::value).average().orElseThrow()));
    }
    return means;
  }

  /** How many neighbours are averaged into a point. */
  private static int together(int points) {
    return Math.max(1, (points + MOST_POINTS - 1) / MOST_POINTS);
  }

  /** How many logged values are averaged into a point of the name's curve. */
  public int valuesInPoint(String name) {
    return together(points.getOrDefault(name, List.of()).size());
  }
}
