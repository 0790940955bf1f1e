package dev.alexnet.ops.launch.life;

import dev.alexnet.ops.console.ElapsedTime;
import dev.alexnet.ops.console.Screen;
import dev.alexnet.ops.console.Table;
import dev.alexnet.ops.launch.Price;
import dev.alexnet.ops.launch.life.RunStatus.AttemptStatus;
import dev.alexnet.ops.launch.policy.EndWords;
import dev.alexnet.ops.launch.record.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Shows the status of runs to people. */
public final class StatusTables {
  private StatusTables() {}

  /** A row for each run. */
  public static String ofAll(List<RunStatus> runs, Screen screen) {
    if (runs.isEmpty()) {
      return "Batch lists no run of this environment";
    }
    Table table =
        new Table("run", "state", "attempts", "hours", "cost", "training")
            .numbers("attempts", "hours", "cost");
    for (RunStatus run : runs) {
      table.row(
          run.run(),
          state(run),
          String.valueOf(run.attempts().size()),
          hours(run.usage()),
          cost(run.usage()),
          training(run));
    }
    return table.on(screen).stripTrailing();
  }

  /** A row for each attempt at a run. */
  public static String of(RunStatus run, Screen screen) {
    Table table =
        new Table("attempt", "job", "machine", "waited", "ran", "hours", "cost", "state")
            .numbers("waited", "ran", "hours", "cost");
    for (AttemptStatus attempt : run.attempts()) {
      table.row(
          String.valueOf(attempt.number()),
          attempt.job(),
          attempt.offer().toString(),
          ElapsedTime.text(Duration.ofSeconds(attempt.waitedSeconds())),
          ElapsedTime.text(Duration.ofSeconds(attempt.ranSeconds())),
          hours(attempt.usage()),
          cost(attempt.usage()),
          state(attempt));
    }
    return "%s%s\nThe run %s in %s has used %s. Training: %s"
        .formatted(
            table.on(screen).stripTrailing(),
            reason(run),
            run.run(),
            run.workdir(),
            run.usage(),
            training(run));
  }

  /** What was said of the end of the latest attempt. */
  private static String reason(RunStatus run) {
    return run.attempts().stream()
        .skip(Math.max(0, run.attempts().size() - 1))
        .filter(attempt -> attempt.end() != null && !attempt.end().detail().isEmpty())
        .map(attempt -> "\n" + attempt.job() + ": " + attempt.end().detail())
        .findFirst()
        .orElse("");
  }

  private static String state(RunStatus run) {
    List<AttemptStatus> attempts = run.attempts();
    return attempts.isEmpty() ? "no attempt" : state(attempts.get(attempts.size() - 1));
  }

  private static String state(AttemptStatus attempt) {
    if (attempt.end() != null) {
      return EndWords.of(attempt.end());
    }
    return attempt.state().equals("unknown")
        ? "Batch does not know it"
        : attempt.state().replace('_', ' ');
  }

  private static String training(RunStatus run) {
    TrainingSample sample = run.training();
    return sample == null
        ? "-"
        : String.format(
            Locale.ROOT,
            "step %,d, loss %.3f, %,.0f images/s",
            sample.step(),
            sample.loss(),
            sample.imagesPerSecond());
  }

  private static String hours(Usage usage) {
    return String.format(Locale.ROOT, "%.1f", usage.hours());
  }

  private static String cost(Usage usage) {
    return usage.cost() == null ? "unknown" : Price.of(usage.cost());
  }
}
