package dev.alexnet.ops.comparison;

import dev.alexnet.ops.console.Screen;
import dev.alexnet.ops.console.Table;
import dev.alexnet.ops.paper.StepsToError;
import dev.alexnet.pipelines.score.statistics.Interval;
import java.util.Locale;

/** A comparison as text: a line that says what was compared, and tables in the paper's form. */
public final class ComparisonTable {
  private ComparisonTable() {}

  public static String of(ComparisonResult result, Screen screen) {
    StringBuilder text = new StringBuilder();
    text.append(
        format(
            "%,d scores of the same %,d images compared%n%n",
            result.runs().size(), result.images()));
    text.append(errors(result).on(screen)).append('\n').append(differences(result).on(screen));
    text.append(
        format(
            "%nOf %,d images. 'only it' and 'only 1st' are images that one alone gets right; p is how likely such a difference is between equally good networks (McNemar).",
            result.scored()));
    if (result.learning() != null) {
      text.append("\n\n").append(learning(result.learning()));
    }
    if (result.page() != null) {
      text.append("\nImages and classes: ").append(result.page());
    }
    return text.toString();
  }

  private static Table errors(ComparisonResult result) {
    boolean paper = result.runs().stream().anyMatch(run -> run.paper() != null);
    Table table =
        paper
            ? new Table("scores", "top-1", "95 % interval", "top-5", "95 % interval", "paper")
            : new Table("scores", "top-1", "95 % interval", "top-5", "95 % interval");
    table.numbers("top-1", "top-5");
    for (ComparedRun run : result.runs()) {
      String top5 = run.top5Error() == null ? "-" : percent(run.top5Error());
      String top1 = percent(run.top1Error());
      if (paper) {
        table.row(
            run.name(),
            top1,
            interval(run.top1Interval()),
            top5,
            interval(run.top5Interval()),
            paper(run));
      } else {
        table.row(
            run.name(), top1, interval(run.top1Interval()), top5, interval(run.top5Interval()));
      }
    }
    return table;
  }

  private static Table differences(ComparisonResult result) {
    Table table =
        new Table(
                "against " + result.runs().get(0).name(),
                "error",
                "points",
                "95 % interval",
                "p",
                "only it",
                "only 1st")
            .numbers("points", "p", "only it", "only 1st");
    for (ComparedPair pair : result.pairs()) {
      row(table, pair.second(), "top-1", pair.top1());
      if (pair.top5() != null) {
        row(table, pair.second(), "top-5", pair.top5());
      }
    }
    return table;
  }

  private static void row(Table table, String name, String error, PairedDifference difference) {
    Bounds interval = difference.interval();
    table.row(
        name,
        error,
        points(difference.difference()),
        interval == null ? "-" : points(interval.low()) + " to " + points(interval.high()),
        probability(difference.probability()),
        format("%,d", difference.onlySecond()),
        format("%,d", difference.onlyFirst()));
  }

  private static String learning(LearningSpeed speed) {
    Table table = new Table("training", "steps", "epochs", "times the fewest", "lowest");
    for (StepsToError training : speed.trainings()) {
      table.row(
          training.name(),
          steps(training),
          epochs(training),
          timesFewest(training, speed),
          percent(training.lowest()));
    }
    String text = table + format("%n%s.", learningText(speed));
    return speed.notFound().isEmpty()
        ? text
        : text + "\nWithout a log where they were scored: " + String.join(", ", speed.notFound());
  }

  /** What the table of steps shows. */
  static String learningText(LearningSpeed speed) {
    return format(
        "Steps until the training error, as the mean over an epoch, was at most %s",
        percent(speed.trainingError()));
  }

  static String steps(StepsToError training) {
    return training.steps() == null
        ? format("not in %,d", training.trained())
        : format("%,d", training.steps());
  }

  static String epochs(StepsToError training) {
    return training.steps() == null
        ? "-"
        : format("%.1f", training.steps() / training.stepsPerEpoch());
  }

  static String timesFewest(StepsToError training, LearningSpeed speed) {
    return training.steps() == null
        ? "-"
        : format("%.1f", (double) training.steps() / speed.fewest().orElseThrow());
  }

  static String probability(double probability) {
    return probability < 0.0001 ? "< 0.0001" : format("%.4f", probability);
  }

  static String points(double difference) {
    return format("%+.1f", 100 * difference);
  }

  static String percent(double share) {
    return format("%.1f %%", 100 * share);
  }

  private static String interval(Interval interval) {
    return interval == null
        ? "-"
        : format("%.1f to %.1f %%", 100 * interval.low(), 100 * interval.high());
  }

  private static String paper(ComparedRun run) {
    return run.paper() == null
        ? "-"
        : format("%.1f/%.1f", 100 * run.paper().top1Error(), 100 * run.paper().top5Error());
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
