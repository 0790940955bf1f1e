package dev.alexnet.ops.console;

import java.util.Map;
import java.util.Optional;

/** Colours of the terminal's own palette, which people adapt to their backgrounds. */
enum Colour {
  RED("\u001b[31m"),
  GREEN("\u001b[32m"),
  YELLOW("\u001b[33m");

  private static final String USUAL = "\u001b[0m";

  private static final Map<String, Colour> OF_STATES =
      Map.ofEntries(
          Map.entry("done", GREEN),
          Map.entry("already done", GREEN),
          Map.entry("good", GREEN),
          Map.entry("intact", GREEN),
          Map.entry("sound", GREEN),
          Map.entry("succeeded", GREEN),
          Map.entry("to do", YELLOW),
          Map.entry("stale", YELLOW),
          Map.entry("wrong", RED),
          Map.entry("damaged", RED),
          Map.entry("failed", RED));

  private final String sequence;

  Colour(String sequence) {
    this.sequence = sequence;
  }

  String on(String text) {
    return sequence + text + USUAL;
  }

  /** The colour of what is said of a thing's state, such as {@code done} or {@code 2 problems}. */
  static Optional<Colour> ofState(String state) {
    return state.matches("\\d+ problems?")
        ? Optional.of(RED)
        : Optional.ofNullable(OF_STATES.get(state));
  }
}
