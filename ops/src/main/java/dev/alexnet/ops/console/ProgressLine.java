package dev.alexnet.ops.console;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.progress.Progress;
import java.time.Duration;
import java.util.Locale;

/**
 * Shows the progress of a piece of work, with rate and time left: on a terminal as one line that is
 * rewritten, otherwise as a plain line every few seconds. The last state is always shown. Safe for
 * use by many threads.
 */
public final class ProgressLine implements Progress, AutoCloseable {
  private static final Duration TERMINAL_PACE = Duration.ofMillis(100);
  private static final Duration PLAIN_PACE = Duration.ofSeconds(5);

  /** Goes to the start of the terminal's line and clears it. */
  static final String CLEAR_LINE = "\r\u001b[K";

  private final Console console;
  private final String label;
  private final long pace;

  private String latest;
  private boolean latestIsShown;
  private long shownAt;
  private String unit = "";
  private long startedAt;
  private long startedFrom;
  private long lastDone;

  ProgressLine(Console console, String label) {
    this.console = requireNonNull(console, "console is null");
    this.label = requireNonNull(label, "label is null");
    this.pace = (console.terminal() ? TERMINAL_PACE : PLAIN_PACE).toNanos();
  }

  @Override
  public synchronized void report(long done, long total, String unit, String details) {
    long now = console.nanoTime().getAsLong();
    boolean first = latest == null;
    // Every phase of the work counts from its own start, perhaps in other units.
    if (first || done < lastDone || !unit.equals(this.unit)) {
      startedAt = now;
      startedFrom = done;
      this.unit = unit;
    }
    lastDone = done;
    latest = text(done, total, details, (now - startedAt) / 1e9);
    latestIsShown = false;
    if (first || now - shownAt >= pace) {
      show(now);
    }
  }

  @Override
  public synchronized void note(String sentence) {
    console.note(label + ": " + sentence);
  }

  @Override
  public synchronized void close() {
    if (latest == null) {
      return;
    }
    if (!latestIsShown) {
      show(console.nanoTime().getAsLong());
    }
    if (console.terminal()) {
      console.err().println();
    }
    latest = null;
  }

  private void show(long now) {
    if (console.terminal()) {
      // A line that reaches the right edge wraps, and could not be rewritten.
      String clipped = latest.substring(0, Math.min(latest.length(), console.width() - 1));
      console.err().print(CLEAR_LINE + clipped);
      console.err().flush();
    } else {
      console.err().println(latest);
    }
    latestIsShown = true;
    shownAt = now;
  }

  private String text(long done, long total, String details, double seconds) {
    StringBuilder line = new StringBuilder(label).append(": ");
    line.append(format("%,d", done));
    if (total > 0) {
      line.append(format(" of %,d", total));
    }
    line.append(' ').append(unit);
    if (total > 0) {
      line.append(format(" (%.1f %%)", 100.0 * done / total));
    }
    double rate = seconds > 0 ? (done - startedFrom) / seconds : 0;
    if (rate > 0) {
      line.append(format(rate < 10 ? ", %.1f %s/s" : ", %,.0f %s/s", rate, unit));
      if (total > done) {
        Duration left = Duration.ofSeconds(Math.round((total - done) / rate));
        line.append(", ").append(ElapsedTime.text(left)).append(" left");
      }
    }
    return details.isEmpty() ? line.toString() : line.append(", ").append(details).toString();
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
