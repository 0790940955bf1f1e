package dev.alexnet.ops.parsing;

import picocli.CommandLine.Option;

/** The option that makes the result readable for programs. */
public final class JsonOption {
  public static final String NAME = "--json";

  @Option(
      names = NAME,
      order = 999,
      description = "Writes one JSON object, and nothing else, to standard output.")
  private boolean given;

  public boolean isGiven() {
    return given;
  }
}
