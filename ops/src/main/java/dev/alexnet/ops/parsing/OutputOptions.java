package dev.alexnet.ops.parsing;

import dev.alexnet.ops.console.ColourChoice;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** The options that say how much a command tells, and in which form. They are no settings. */
public final class OutputOptions {
  /** Heeded by the dispatcher, before a command is made. */
  public static final String QUIET = "--quiet";

  /** Heeded by the dispatcher too, which writes failures as JSON. */
  public static final String JSON = "--json";

  /**
   * Heeded by the launcher too, for the messages of native libraries, and by the dispatcher, for
   * the times of ours.
   */
  public static final String VERBOSE = "--verbose";

  /** Heeded by the dispatcher too, because failures have colours. */
  private static final String COLOR = "--color";

  public static final Set<String> NAMES = Set.of(COLOR, JSON, VERBOSE, QUIET);

  /** Only for the help and for wrong values: it is heeded by name. */
  @SuppressWarnings("UnusedVariable")
  @Option(
      names = COLOR,
      order = 996,
      paramLabel = "WHEN",
      defaultValue = "auto",
      converter = ColourConverter.class,
      completionCandidates = ColourConverter.Words.class,
      description =
          "Colours for failures and states: auto, always or never. auto means on terminals, unless NO_COLOR is set.")
  private ColourChoice colours;

  @Option(
      names = JSON,
      order = 997,
      description = "Writes one JSON object, and nothing else, to standard output.")
  private boolean json;

  @Option(
      names = VERBOSE,
      order = 998,
      description =
          "Shows all settings, not only those that were given, the times of messages, and what TensorFlow itself says.")
  private boolean verbose;

  /** Only for the help: it is heeded by name. */
  @SuppressWarnings("UnusedVariable")
  @Option(
      names = QUIET,
      order = 999,
      description = "Shows only the result, warnings, and why it failed if it did.")
  private boolean quiet;

  /** The colours that are asked for on a command line, or {@code AUTO} if that is not one. */
  public static ColourChoice coloursIn(List<String> typed) {
    for (int i = 0; i < typed.size(); i++) {
      String word = typed.get(i);
      if (word.startsWith(COLOR + "=")) {
        return ColourConverter.of(word.substring(COLOR.length() + 1)).orElse(ColourChoice.AUTO);
      }
      if (word.equals(COLOR) && i + 1 < typed.size()) {
        return ColourConverter.of(typed.get(i + 1)).orElse(ColourChoice.AUTO);
      }
    }
    return ColourChoice.AUTO;
  }

  public boolean isJson() {
    return json;
  }

  public boolean isVerbose() {
    return verbose;
  }
}
