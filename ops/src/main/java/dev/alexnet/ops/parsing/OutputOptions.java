package dev.alexnet.ops.parsing;

import java.util.Set;
import picocli.CommandLine.Option;

/** The options that say how much a command tells, and in which form. They are no settings. */
public final class OutputOptions {
  /** Heeded by the dispatcher, before a command is made. */
  public static final String QUIET = "--quiet";

  /** Heeded by the dispatcher too, which writes failures as JSON. */
  public static final String JSON = "--json";

  /** Heeded by the launcher too, for the messages of native libraries. */
  private static final String VERBOSE = "--verbose";

  public static final Set<String> NAMES = Set.of(JSON, VERBOSE, QUIET);

  @Option(
      names = JSON,
      order = 997,
      description = "Writes one JSON object, and nothing else, to standard output.")
  private boolean json;

  @Option(
      names = VERBOSE,
      order = 998,
      description =
          "Shows all settings, not only those that were given, and what TensorFlow itself says.")
  private boolean verbose;

  /** Only for the help: it is heeded by name. */
  @SuppressWarnings("UnusedVariable")
  @Option(
      names = QUIET,
      order = 999,
      description = "Shows only the result, warnings, and why it failed if it did.")
  private boolean quiet;

  public boolean isJson() {
    return json;
  }

  public boolean isVerbose() {
    return verbose;
  }
}
