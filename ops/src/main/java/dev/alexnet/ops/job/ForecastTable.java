package dev.alexnet.ops.job;

import dev.alexnet.ops.console.ElapsedTime;
import dev.alexnet.ops.console.Table;
import dev.alexnet.ops.job.Forecast.StepForecast;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A forecast for people, and for programs. */
public final class ForecastTable {
  private static final double MEGA = 1e6;

  private ForecastTable() {}

  /** A row for each step: what is there of it, and why it is made. */
  public static String textOf(Forecast forecast) {
    Table table = new Table("step", "state", "size", "last time", "why");
    for (StepForecast step : forecast.steps()) {
      table.row(
          step.name(),
          step.state().toString(),
          step.bytes() == 0 ? "-" : size(step.bytes()),
          step.lastTime().isZero() ? "-" : ElapsedTime.text(step.lastTime()),
          step.why());
    }
    return table.toString();
  }

  /** The same with what the trainings would take on this machine. */
  public static String textOf(Forecast forecast, Map<String, TrainingTime> times) {
    Table table = new Table("step", "state", "size", "last time", "here", "why");
    for (StepForecast step : forecast.steps()) {
      table.row(
          step.name(),
          step.state().toString(),
          step.bytes() == 0 ? "-" : size(step.bytes()),
          step.lastTime().isZero() ? "-" : ElapsedTime.text(step.lastTime()),
          Optional.ofNullable(times.get(step.name()))
              .flatMap(TrainingTime::duration)
              .map(ElapsedTime::text)
              .orElse("-"),
          step.why());
    }
    return table.toString();
  }

  /** The same as objects for JSON. */
  public static List<Map<String, Object>> factsOf(
      Forecast forecast, Map<String, TrainingTime> times) {
    List<Map<String, Object>> steps = new ArrayList<>();
    for (StepForecast step : forecast.steps()) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("name", step.name());
      facts.put("state", step.state().toString().replace(' ', '_'));
      facts.put("why", step.why());
      facts.put("bytes", step.bytes());
      facts.put("last_seconds", step.lastTime().toMillis() / 1000.0);
      Optional.ofNullable(times.get(step.name()))
          .ifPresent(
              time -> {
                facts.put("measured_images_per_second", time.imagesPerSecond());
                facts.put(
                    "estimated_seconds",
                    time.duration().map(duration -> duration.toMillis() / 1000.0).orElse(null));
              });
      steps.add(facts);
    }
    return steps;
  }

  private static String size(long bytes) {
    return bytes < MEGA
        ? String.format(Locale.ROOT, "%.0f kB", Math.ceil(bytes / 1e3))
        : bytes < 1e3 * MEGA
            ? String.format(Locale.ROOT, "%.1f MB", bytes / MEGA)
            : String.format(Locale.ROOT, "%,.1f GB", bytes / MEGA / 1e3);
  }
}
