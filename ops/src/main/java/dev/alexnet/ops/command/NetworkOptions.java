package dev.alexnet.ops.command;

import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** Which network: the options of every command that takes one by its name. */
final class NetworkOptions {
  @Option(
      names = "--preset",
      defaultValue = "published",
      description = "The network: published, paper-text, half, conv6 or mini.")
  private String preset;

  @Option(
      names = "--without",
      defaultValue = "",
      showDefaultValue = Visibility.NEVER,
      description = "Parts to leave out, by commas: conv3, conv4, conv5, lrn.")
  private String without;

  @Option(names = "--batch", defaultValue = "128", description = "Images a step.")
  private int batch;

  String preset() {
    return preset;
  }

  String without() {
    return without;
  }

  int batch() {
    return batch;
  }
}
