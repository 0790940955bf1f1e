package dev.alexnet.ops.console;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * How results and messages look.
 *
 * @param fitsResults whether results are fitted into the columns of a terminal
 * @param coloursResults whether states in results have colours
 * @param coloursMessages whether failures and warnings have colours
 * @param times gives messages the time at which they are written; null for none
 */
public record Style(
    boolean fitsResults, boolean coloursResults, boolean coloursMessages, Clock times) {
  /** For programs and files. */
  public static final Style PLAIN = new Style(false, false, false, null);

  private static final String WARNING = "Warning:";

  /**
   * Colours only on terminals that have them, and not against the wish of {@code NO_COLOR}.
   *
   * @param environment of the process
   */
  static Style of(
      boolean resultsOnTerminal, boolean messagesOnTerminal, Map<String, String> environment) {
    boolean coloured =
        environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "").equals("dumb");
    return new Style(
        resultsOnTerminal, coloured && resultsOnTerminal, coloured && messagesOnTerminal, null);
  }

  Style with(ColourChoice choice) {
    return switch (choice) {
      case AUTO -> this;
      case ALWAYS -> new Style(fitsResults, true, true, times);
      case NEVER -> new Style(fitsResults, false, false, times);
    };
  }

  Style with(Clock clock) {
    return new Style(fitsResults, coloursResults, coloursMessages, clock);
  }

  /** For messages that are looked through for warnings. */
  Style plainMessages() {
    return new Style(fitsResults, coloursResults, false, null);
  }

  String failure(String text) {
    return coloursMessages ? Colour.RED.on(text) : text;
  }

  /** The message after its time, with its first word in a colour if it warns. */
  String message(String text) {
    return times == null ? coloured(text) : time() + " " + coloured(text);
  }

  private String time() {
    return times.instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private String coloured(String text) {
    return coloursMessages && text.startsWith(WARNING)
        ? Colour.YELLOW.on(WARNING) + text.substring(WARNING.length())
        : text;
  }
}
