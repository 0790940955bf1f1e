package dev.alexnet.ops.cli;

import jakarta.inject.Inject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "alexnet",
    description = {
      "Trains AlexNet: makes datasets of ImageNet's pictures, trains the network on two devices,"
          + " and scores it.",
      ""
    },
    versionProvider = ProgramVersion.class,
    subcommands = {
      RunCommand.class,
      SynthCommand.class,
      ConvertCommand.class,
      AugmentCommand.class,
      TrainCommand.class,
      ScoreCommand.class,
      EvaluateCommand.class,
      FeaturesCommand.class,
      SimilarCommand.class,
      FiltersCommand.class,
      ReportCommand.class,
      PredictCommand.class,
      InspectCommand.class,
      NetworkCommand.class,
      DoctorCommand.class,
      BenchmarkCommand.class
    },
    commandListHeading = "%nCommands:%n",
    footer = {
      "  alexnet run",
      "  alexnet convert --help",
      "",
      "What follows '--' goes to the Beam runner: alexnet run -- --runner=FlinkRunner",
      "Paths are local or gs://bucket/key."
    })
final class Alexnet {
  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Shows the version.")
  boolean version;

  @Inject
  Alexnet() {}
}
