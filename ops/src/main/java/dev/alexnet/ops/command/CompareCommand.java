package dev.alexnet.ops.command;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.ops.comparison.Comparison;
import dev.alexnet.ops.comparison.ComparisonResult;
import dev.alexnet.ops.comparison.ComparisonSettings;
import dev.alexnet.ops.comparison.ComparisonTable;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.job.StepOutcome;
import jakarta.inject.Inject;
import picocli.CommandLine.Command;

@Command(
    name = "compare",
    description = {
      "Compares scores of the same images: errors with intervals, whether they differ by more than chance, and which images only one network gets right.",
      ""
    },
    customSynopsis = "alexnet compare [OPTIONS] SCORES SCORES...%n",
    footer = "  alexnet compare --output comparison scores/first scores/second")
final class CompareCommand extends StepCommand<ComparisonSettings> {
  private final Comparison comparison;

  @Inject
  CompareCommand(Console console, Comparison comparison) {
    super(console);
    this.comparison = requireNonNull(comparison, "comparison is null");
  }

  @Override
  public SettingsDefinition<ComparisonSettings> definition() {
    return ComparisonSettings.DEFINITION;
  }

  @Override
  StepOutcome run(Progress progress) {
    ComparisonResult result = comparison.run(settings());
    return StepOutcome.of(screen -> ComparisonTable.of(result, screen), result);
  }
}
