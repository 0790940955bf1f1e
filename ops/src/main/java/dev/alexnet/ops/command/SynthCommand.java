package dev.alexnet.ops.command;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.text.Quantity;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.job.StepOutcome;
import dev.alexnet.pipelines.synth.SynthSettings;
import dev.alexnet.pipelines.synth.SyntheticImageNet;
import jakarta.inject.Inject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "synth",
    description = {"Makes a synthetic ImageNet, in the archives of the official one.", ""},
    customSynopsis = "alexnet synth [OPTIONS]%n",
    footer = "  alexnet synth --output archives --classes 10 --train-per-class 300")
final class SynthCommand extends StepCommand {
  private final SyntheticImageNet archives;

  @Option(
      names = "--output",
      required = true,
      description = "The directory for the archives; local.")
  private Location output;

  @Option(names = "--classes", defaultValue = "10", description = "How many classes, 2 to 1000.")
  private int classes;

  @Option(
      names = "--train-per-class",
      defaultValue = "300",
      description = "Training pictures a class, 1 to 10000.")
  private int trainPerClass;

  @Option(
      names = "--val-per-class",
      defaultValue = "50",
      description = "Validation pictures a class, 1 to 10000.")
  private int valPerClass;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Decides the pictures: equal seeds give equal bytes.")
  private long seed;

  @Inject
  SynthCommand(Console console, SyntheticImageNet archives) {
    super(console);
    this.archives = requireNonNull(archives, "archives is null");
  }

  @Override
  SynthSettings settings() {
    return new SynthSettings(output, classes, trainPerClass, valPerClass, seed);
  }

  @Override
  StepOutcome run(Progress progress) {
    SynthSettings settings = settings();
    archives.run(settings, progress);
    Result result =
        new Result(output, classes, (long) classes * trainPerClass, (long) classes * valPerClass);
    return StepOutcome.of(
        "%,d training and %s of %s at %s"
            .formatted(
                result.trainPictures(),
                Quantity.of(result.valPictures(), "validation picture"),
                Quantity.of(classes, "class"),
                output),
        result);
  }

  private record Result(Location output, int classes, long trainPictures, long valPictures) {}
}
