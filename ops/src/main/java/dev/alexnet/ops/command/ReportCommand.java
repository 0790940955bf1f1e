package dev.alexnet.ops.command;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.job.StepOutcome;
import dev.alexnet.ops.report.Report;
import dev.alexnet.ops.report.ReportResult;
import dev.alexnet.ops.report.ReportSettings;
import jakarta.inject.Inject;
import java.util.Locale;
import picocli.CommandLine.Command;

@Command(
    name = "report",
    description = {
      "Writes one page about scores and training: errors, learning curves, filters, pictures, confused"
          + " classes. The page loads nothing from a network, and the same scores give the same page.",
      ""
    },
    customSynopsis = "alexnet report [OPTIONS]%n",
    footer = "  alexnet report --scores scores --training training --output report")
final class ReportCommand extends StepCommand<ReportSettings> {
  private final Report report;

  @Inject
  ReportCommand(Console console, Report report) {
    super(console);
    this.report = requireNonNull(report, "report is null");
  }

  @Override
  public SettingsDefinition<ReportSettings> definition() {
    return ReportSettings.DEFINITION;
  }

  @Override
  StepOutcome run(Progress progress) {
    ReportResult result = report.run(settings(), progress);
    if (result.page().isCloud()) {
      note(
          "The page needs no other file; copy it to read it: gcloud storage cp %s ."
              .formatted(result.page()));
    }
    return StepOutcome.of(
        String.format(
            Locale.ROOT,
            "report of %,d images at %s, with %d pictures",
            result.images(),
            result.page(),
            result.pictures().size()),
        result);
  }
}
