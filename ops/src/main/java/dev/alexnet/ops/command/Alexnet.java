package dev.alexnet.ops.command;

import dev.alexnet.ops.parsing.ProgramVersion;
import jakarta.inject.Inject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "alexnet",
    description = {
      "Trains AlexNet: makes datasets from ImageNet's pictures, trains the network on two devices,"
          + " and scores it.",
      ""
    },
    versionProvider = ProgramVersion.class,
    commandListHeading = "%nCommands:%n",
    footer = {
      "  alexnet run",
      "  alexnet convert --help",
      "",
      "Options after '--' go to the Beam runner: alexnet run -- --runner=FlinkRunner",
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
