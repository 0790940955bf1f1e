package dev.alexnet.ops.command;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.text.Quantity;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.job.StepOutcome;
import dev.alexnet.pipelines.synth.SynthSettings;
import dev.alexnet.pipelines.synth.SyntheticImageNet;
import jakarta.inject.Inject;
import picocli.CommandLine.Command;

@Command(
    name = "synth",
    description = {"Makes a small synthetic ImageNet, as archives in the official layout.", ""},
    customSynopsis = "alexnet synth [OPTIONS]%n",
    footer = "  alexnet synth --output archives --classes 10 --train-per-class 300")
final class SynthCommand extends StepCommand<SynthSettings> {
  private final SyntheticImageNet archives;

  @Inject
  SynthCommand(Console console, SyntheticImageNet archives) {
    super(console);
    this.archives = requireNonNull(archives, "archives is null");
  }

  @Override
  public SettingsDefinition<SynthSettings> definition() {
    return SynthSettings.DEFINITION;
  }

  @Override
  StepOutcome run(Progress progress) {
    SynthSettings settings = settings();
    archives.run(settings, progress);
    int classes = settings.classes();
    Result result =
        new Result(
            settings.output(),
            classes,
            (long) classes * settings.trainPerClass(),
            (long) classes * settings.valPerClass());
    return StepOutcome.of(
        "%,d training and %s of %s at %s"
            .formatted(
                result.trainPictures(),
                Quantity.of(result.valPictures(), "validation picture"),
                Quantity.of(classes, "class"),
                settings.output()),
        result);
  }

  private record Result(Location output, int classes, long trainPictures, long valPictures) {}
}
