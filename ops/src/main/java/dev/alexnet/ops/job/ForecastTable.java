package dev.alexnet.ops.job;

import dev.alexnet.ops.console.ElapsedTime;
import dev.alexnet.ops.console.Screen;
import dev.alexnet.ops.console.Table;
import dev.alexnet.ops.job.Forecast.StepForecast;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A forecast for people, and for programs. */
public final class ForecastTable {
  private static final String MEASURED = "here";

  private ForecastTable() {}

  /** A row for each step: what is there of it, and why it is made. */
  public static String textOf(Forecast forecast, Screen screen) {
    return textOf(forecast, Map.of(), screen);
  }

  /**
   * The same with what trainings would take on this machine.
   *
   * @param times by the names of steps; empty if nothing was measured
   */
  public static String textOf(Forecast forecast, Map<String, TrainingTime> times, Screen screen) {
    List<String> columns = new ArrayList<>(List.of("step", "state", "size", "last time", "why"));
    if (!times.isEmpty()) {
      columns.add(columns.size() - 1, MEASURED);
    }
    Table table = new Table(columns.toArray(String[]::new)).numbers("size", "last time");
    if (!times.isEmpty()) {
      table.numbers(MEASURED);
    }
    for (StepForecast step : forecast.steps()) {
      List<String> row =
          new ArrayList<>(
              List.of(
                  step.name(),
                  step.state().toString(),
                  step.bytes() == 0 ? "-" : DecimalSize.text(step.bytes()),
                  step.lastTime().isZero() ? "-" : ElapsedTime.text(step.lastTime()),
                  step.why()));
      if (!times.isEmpty()) {
        row.add(row.size() - 1, measured(times.get(step.name())));
      }
      table.row(row.toArray(String[]::new));
    }
    return table.on(screen) + screen.fitted(space(forecast));
  }

  private static String measured(TrainingTime time) {
    return Optional.ofNullable(time)
        .flatMap(TrainingTime::duration)
        .map(ElapsedTime::text)
        .orElse("-");
  }

  /** What results of the same steps took before is the best guess of what they will take. */
  private static String space(Forecast forecast) {
    if (forecast.freeBytes().isEmpty()) {
      return "";
    }
    String free = DecimalSize.text(forecast.freeBytes().getAsLong()) + " free";
    List<StepForecast> open =
        forecast.steps().stream().filter(step -> step.state() != Forecast.State.DONE).toList();
    long before = open.stream().mapToLong(StepForecast::bytes).sum();
    if (open.isEmpty()) {
      return "\n" + free + "; nothing needs space\n";
    }
    String known =
        before == 0
            ? "what is to be made was never made before, so its size is not known"
            : "what is to be made takes at least the %s that are there of it"
                .formatted(DecimalSize.text(before));
    return "\n" + free + "; " + known + ". 'alexnet doctor --input' says what datasets need\n";
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
}
