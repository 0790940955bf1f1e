package dev.alexnet.ops.cli;

import picocli.CommandLine.Option;

/** Whether a program reads the result. */
final class JsonOption {
  static final String NAME = "--json";

  @Option(
      names = NAME,
      order = 999,
      description = "Writes one JSON object to standard output, and nothing else there.")
  private boolean given;

  boolean isGiven() {
    return given;
  }
}
