package dev.alexnet.model.training.log;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.model.training.step.BatchResult;
import dev.alexnet.model.training.step.LearningRates;
import dev.alexnet.model.training.watch.StallWatch;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Logs the metrics of a training in {@code metrics.jsonl}, and for TensorBoard under {@code
 * events/}. A resumed run continues both; lines after the step that it resumes at are removed,
 * because it will do those steps again.
 */
public final class TrainingLog implements Closeable {
  public static final String METRICS = "metrics.jsonl";

  /** The start of names whose values are logged after each epoch; the layer's name follows. */
  public static final String MEAN_WEIGHT = "mean_absolute_weight/";

  static final String EVENTS = "events";

  private static final String REPLACED = "replaced_operations";

  private final Path file;
  private final Clock clock;
  private final StallWatch watch;
  private final BufferedWriter lines;
  private final EventFile events;
  private final Set<String> replaced = new LinkedHashSet<>();
  private List<String> replacedLast = List.of();

  /**
   * @param watch over everything that is written
   */
  public TrainingLog(Path workdir, Clock clock, long resumedAt, StallWatch watch) {
    this.file = workdir.resolve(METRICS);
    this.clock = clock;
    this.watch = watch;
    try {
      Files.createDirectories(workdir);
      Path kept = workdir.resolve(METRICS + ".pending");
      Files.write(kept, linesUpTo(resumedAt), StandardCharsets.UTF_8);
      Files.move(kept, file, StandardCopyOption.ATOMIC_MOVE);
      this.lines = Files.newBufferedWriter(file, StandardOpenOption.APPEND);
      this.events = new EventFile(workdir.resolve(EVENTS), clock, resumedAt + 1);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private List<String> linesUpTo(long step) throws IOException {
    List<String> kept = new ArrayList<>();
    if (step > 0 && Files.exists(file)) {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        // A killed run may have left an incomplete line, which can only be the last one.
        if (line.endsWith("}") && stepOf(line) <= step) {
          kept.add(line);
          readReplaced(line);
        }
      }
    }
    return kept;
  }

  private long stepOf(String line) {
    return parsed(line).path("step").asLong();
  }

  private void readReplaced(String line) {
    JsonNode sentences = parsed(line).path(REPLACED);
    if (sentences.isArray()) {
      List<String> reasons = new ArrayList<>();
      sentences.forEach(sentence -> reasons.add(sentence.asText()));
      replaced.addAll(reasons);
      replacedLast = List.copyOf(reasons);
    }
  }

  private JsonNode parsed(String line) {
    return Json.read(line.getBytes(StandardCharsets.UTF_8), JsonNode.class, file);
  }

  /**
   * Writes what TensorBoard compares trainings by, before anything else.
   *
   * @param settings of the training, by name
   */
  public TrainingLog describing(Map<String, String> settings) {
    watched(() -> events.writeHyperparameters(settings));
    return this;
  }

  void training(long step, BatchResult result, LearningRates rates, double imagesPerSecond) {
    Map<String, Double> scalars = errors("train", result);
    scalars.put("learning_rate/weights", rates.weights());
    scalars.put("learning_rate/biases", rates.biases());
    rates
        .own()
        .forEach(
            (layer, own) -> {
              scalars.put("learning_rate/" + layer + "/weights", own.weights());
              scalars.put("learning_rate/" + layer + "/biases", own.biases());
            });
    scalars.put("images_per_second", imagesPerSecond);
    write(step, scalars);
  }

  /**
   * Writes only changes: most trainings never replace anything.
   *
   * @param reasons a sentence for each operation that is computed in another form from the step on
   */
  void replacedOperations(long step, List<String> reasons) {
    if (!reasons.equals(replacedLast)) {
      watched(() -> writeLine(Map.of("step", step, REPLACED, reasons)));
      replaced.addAll(reasons);
      replacedLast = List.copyOf(reasons);
    }
  }

  /** The reasons of all steps, including those of earlier runs that this one continues. */
  List<String> replacedOperations() {
    return List.copyOf(replaced);
  }

  void validation(long step, BatchResult result) {
    write(step, errors("validation", result));
  }

  /** The pictures go only to TensorBoard. */
  void parameters(long step, ParameterSummary summary) {
    write(step, summary.scalars());
    watched(() -> events.write(step, summary.pictures()));
  }

  private static Map<String, Double> errors(String set, BatchResult result) {
    Map<String, Double> scalars = new LinkedHashMap<>();
    scalars.put(set + "/loss", result.meanLoss());
    scalars.put(set + "/top1_error", result.top1Error());
    scalars.put(set + "/top5_error", result.top5Error());
    return scalars;
  }

  private void write(long step, Map<String, Double> scalars) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("step", step);
    line.put("time", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    line.putAll(scalars);
    watched(
        () -> {
          writeLine(line);
          events.write(step, scalars);
        });
  }

  private void writeLine(Map<String, Object> line) throws IOException {
    lines.write(Json.line(line));
    lines.newLine();
    lines.flush();
  }

  private interface Writing {
    void run() throws IOException;
  }

  private void watched(Writing writing) {
    watch.writing(
        file.getParent(),
        () -> {
          try {
            writing.run();
            return null;
          } catch (IOException e) {
            throw failure(e);
          }
        });
  }

  private Failure failure(IOException e) {
    return Failure.inputOutput("write", file, e);
  }

  @Override
  public void close() {
    if (watch.isStuck()) {
      // Closing could hang on the same disk, and every line has been flushed.
      return;
    }
    try (lines;
        events) {
      lines.flush();
    } catch (IOException e) {
      throw failure(e);
    }
  }
}
