package dev.alexnet.ops.job;

import dev.alexnet.ops.console.ElapsedTime;
import dev.alexnet.ops.console.Screen;
import dev.alexnet.ops.console.Table;
import dev.alexnet.ops.job.Forecast.StepForecast;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A forecast for people, and for programs. */
public final class ForecastTable {
  private ForecastTable() {}

  /** A row for each step: what is there of it, and why it is made. */
  public static String textOf(Forecast forecast, Screen screen) {
    Table table =
        new Table("step", "state", "size", "last time", "why").numbers("size", "last time");
    for (StepForecast step : forecast.steps()) {
      table.row(
          step.name(),
          step.state().toString(),
          step.bytes() == 0 ? "-" : DecimalSize.text(step.bytes()),
          step.lastTime().isZero() ? "-" : ElapsedTime.text(step.lastTime()),
          step.why());
    }
    return table.on(screen) + screen.fitted(space(forecast));
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
  public static List<Map<String, Object>> factsOf(Forecast forecast) {
    List<Map<String, Object>> steps = new ArrayList<>();
    for (StepForecast step : forecast.steps()) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("name", step.name());
      facts.put("state", step.state().toString().replace(' ', '_'));
      facts.put("why", step.why());
      facts.put("bytes", step.bytes());
      facts.put("last_seconds", step.lastTime().toMillis() / 1000.0);
      steps.add(facts);
    }
    return steps;
  }
}
