package dev.alexnet.ops.console;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How far a piece of work is.
 *
 * @param total 0 if it is not known
 * @param rate in units per second; 0 if it is not known
 * @param details in parts that two blanks separate, most important first; may be empty
 */
record ProgressState(long done, long total, String unit, double rate, String details) {
  private static final String DETAIL_SEPARATOR = "  ";

  /** One part of the line, and how important it is: 0 is the most important. */
  private record Part(int rank, String text) {}

  /** How much of the work is done, from 0 to 1; 0 if the total is not known. */
  double share() {
    return total > 0 ? (double) done / total : 0;
  }

  /** Whether another state has nothing new, apart from rate and details. */
  boolean isSameAmount(ProgressState other) {
    return done == other.done && total == other.total && unit.equals(other.unit);
  }

  /** The state as a line that is no longer than the width, without its least important parts. */
  String text(String label, int width) {
    List<Part> parts = new ArrayList<>(parts());
    String text = line(label, parts);
    while (text.length() > width && parts.size() > 1) {
      parts.remove(leastImportant(parts));
      text = line(label, parts);
    }
    return text.substring(0, Math.min(text.length(), Math.max(0, width)));
  }

  private static Part leastImportant(List<Part> parts) {
    Part least = parts.get(0);
    for (Part part : parts) {
      least = part.rank > least.rank ? part : least;
    }
    return least;
  }

  private static String line(String label, List<Part> parts) {
    StringBuilder line = new StringBuilder(label).append(": ");
    parts.forEach(part -> line.append(part.text));
    return line.toString();
  }

  private List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    String amount = format("%,d", done) + (total > 0 ? format(" of %,d", total) : "");
    parts.add(new Part(0, amount + " " + unit));
    if (total > 0) {
      parts.add(new Part(1, format(" (%.1f %%)", 100 * share())));
    }
    if (rate > 0) {
      String pace = format(rate < 10 ? ", %.1f %s/s" : ", %,.0f %s/s", rate, unit);
      parts.add(new Part(Integer.MAX_VALUE, pace));
      if (total > done) {
        Duration left = Duration.ofSeconds(Math.round((total - done) / rate));
        parts.add(new Part(2, ", " + ElapsedTime.text(left) + " left"));
      }
    }
    String[] more = details.isEmpty() ? new String[0] : details.split(DETAIL_SEPARATOR);
    for (int i = 0; i < more.length; i++) {
      parts.add(new Part(3 + i, ", " + more[i]));
    }
    return parts;
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
