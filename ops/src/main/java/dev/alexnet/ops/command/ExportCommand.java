package dev.alexnet.ops.command;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.prediction.ModelDescription;
import dev.alexnet.model.training.export.CheckpointExport;
import dev.alexnet.model.training.export.ExportSettings;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.job.StepOutcome;
import jakarta.inject.Inject;
import java.util.Locale;
import picocli.CommandLine.Command;

@Command(
    name = "export",
    description = {
      "Exports a checkpoint of a training as a model, also while the training still runs.",
      ""
    },
    customSynopsis = "alexnet export [OPTIONS]%n",
    footer = {
      "  alexnet export --training training --checkpoint best \\",
      "      --data dataset/train --output best"
    })
final class ExportCommand extends StepCommand<ExportSettings> {
  private final CheckpointExport export;

  @Inject
  ExportCommand(Console console, CheckpointExport export) {
    super(console);
    this.export = requireNonNull(export, "export is null");
  }

  @Override
  public SettingsDefinition<ExportSettings> definition() {
    return ExportSettings.DEFINITION;
  }

  @Override
  StepOutcome run(Progress progress) {
    ModelDescription model = export.export(settings());
    return StepOutcome.of(
        String.format(
            Locale.ROOT,
            "model of %,d steps at %s, with %,d parameters",
            model.steps(),
            settings().output(),
            model.parameters()),
        new Exported(
            settings().output(),
            model.preset(),
            model.steps(),
            model.parameters(),
            model.savedModelHash()));
  }

  private record Exported(
      Location model, String network, long steps, long parameters, String savedModelHash) {}
}
