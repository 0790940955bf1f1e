package dev.alexnet.ops.command;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.job.StepOutcome;
import dev.alexnet.ops.report.Report;
import dev.alexnet.ops.report.ReportResult;
import dev.alexnet.ops.report.ReportSettings;
import jakarta.inject.Inject;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "report",
    description = {
      "Shows scores and training on one page: errors, learning curves, filters, pictures, confused"
          + " classes. It needs no network, and is the same for the same scores.",
      ""
    },
    customSynopsis = "alexnet report [OPTIONS]%n",
    footer = "  alexnet report --scores scores --training training --output report")
final class ReportCommand extends StepCommand {
  private final ObjectStore store;

  @Option(names = "--scores", required = true, description = "The directory of the scores.")
  private Location scores;

  @Option(
      names = "--training",
      description =
          "The --workdir of the training that made the model; without it there are no"
              + " learning curves.")
  private Location training;

  @Option(
      names = "--similar",
      description =
          "The --output of 'alexnet similar' with the model; without it no neighbours are shown.")
  private Location similar;

  @Option(
      names = "--data",
      description = "The dataset that was scored; where the scores say it is, if not given.")
  private Location data;

  @Option(
      names = "--output",
      required = true,
      description = "The directory for report.html and its pictures; replaced.")
  private Location output;

  @Inject
  ReportCommand(Console console, ObjectStore store) {
    super(console);
    this.store = requireNonNull(store, "store is null");
  }

  @Override
  ReportSettings settings() {
    return new ReportSettings(scores, training, similar, data, output);
  }

  @Override
  StepOutcome run(Progress progress) {
    ReportResult result = Report.write(store, settings(), progress);
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
