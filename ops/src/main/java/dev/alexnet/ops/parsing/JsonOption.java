package dev.alexnet.ops.parsing;

import picocli.CommandLine.Option;

/** Whether a program reads the result. */
public final class JsonOption {
  public static final String NAME = "--json";

  @Option(
      names = NAME,
      order = 999,
      description = "Writes one JSON object to standard output, and nothing else there.")
  private boolean given;

  public boolean isGiven() {
    return given;
  }
}
