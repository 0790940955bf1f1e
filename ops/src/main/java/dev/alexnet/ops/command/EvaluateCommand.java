package dev.alexnet.ops.command;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.console.Table;
import dev.alexnet.ops.job.StepOutcome;
import dev.alexnet.pipelines.evaluate.EvaluateSettings;
import dev.alexnet.pipelines.evaluate.Evaluation;
import dev.alexnet.pipelines.evaluate.Evaluator;
import dev.alexnet.pipelines.score.ErrorWithin;
import jakarta.inject.Inject;
import java.util.Locale;
import picocli.CommandLine.Command;

@Command(
    name = "evaluate",
    description = {
      "Evaluates an ILSVRC submission: the flat error within 1 to 5 guesses, and the"
          + " hierarchical error with the devkit of 2010.",
      ""
    },
    customSynopsis = "alexnet evaluate [OPTIONS]%n",
    footer = {
      "  alexnet evaluate --submission scores/submission.txt \\",
      "      --truth ILSVRC2010_test_ground_truth.txt --devkit devkit-1.0/data/meta.mat"
    })
final class EvaluateCommand extends StepCommand<EvaluateSettings> {
  private final Evaluator evaluator;

  @Inject
  EvaluateCommand(Console console, Evaluator evaluator) {
    super(console);
    this.evaluator = requireNonNull(evaluator, "evaluator is null");
  }

  @Override
  public SettingsDefinition<EvaluateSettings> definition() {
    return EvaluateSettings.DEFINITION;
  }

  @Override
  StepOutcome run(Progress progress) {
    Evaluation evaluation = evaluator.run(settings());
    return StepOutcome.of(
        screen -> table(evaluation).on(screen) + "\n" + summary(evaluation), evaluation);
  }

  private static Table table(Evaluation evaluation) {
    Table table =
        new Table("guesses", "flat error", "95 % interval", "hierarchical error")
            .numbers("guesses", "flat error", "hierarchical error");
    for (ErrorWithin flat : evaluation.flat()) {
      table.row(
          String.valueOf(flat.guesses()),
          format("%.3f %%", 100 * flat.error()),
          format("%.2f to %.2f %%", 100 * flat.interval().low(), 100 * flat.interval().high()),
          evaluation.hierarchical() == null
              ? "-"
              : format("%.4f", evaluation.hierarchical().get(flat.guesses() - 1).cost()));
    }
    return table;
  }

  private static String summary(Evaluation evaluation) {
    String none =
        evaluation.withoutGuess() == 0
            ? ""
            : format(", %,d without a guess, which count as wrong", evaluation.withoutGuess());
    return format("%,d pictures", evaluation.images()) + none;
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
