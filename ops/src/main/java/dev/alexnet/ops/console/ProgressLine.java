package dev.alexnet.ops.console;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.progress.Progress;
import java.time.Duration;

/**
 * Shows the progress of a piece of work, with rate and time left: on a terminal as one line that is
 * rewritten, otherwise as a plain line now and then. The last state is always shown. Safe for use
 * by many threads.
 */
public final class ProgressLine implements Progress, AutoCloseable {
  private static final Duration TERMINAL_PACE = Duration.ofMillis(100);

  /** In a log, a line must be worth reading: a tenth of the work, or a sign of life. */
  private static final Duration PLAIN_PACE = Duration.ofSeconds(5);

  private static final Duration SIGN_OF_LIFE = Duration.ofMinutes(1);
  private static final double PLAIN_SHARE = 0.1;

  /** Clears everything from the start of the line, where the cursor rests, to the screen's end. */
  static final String CLEAR = "\r\u001b[J";

  private static final String CLEAR_REST = "\u001b[J";
  private static final String NO_WRAP = "\u001b[?7l";
  private static final String WRAP = "\u001b[?7h";

  private final Console console;
  private final String label;

  private ProgressState latest;
  private ProgressState shown;
  private long shownAt;
  private long startedAt;
  private long startedFrom;

  ProgressLine(Console console, String label) {
    this.console = requireNonNull(console, "console is null");
    this.label = requireNonNull(label, "label is null");
  }

  @Override
  public synchronized void report(long done, long total, String unit, String details) {
    long now = console.nanoTime().getAsLong();
    // Every phase of the work counts from its own start, perhaps in other units.
    boolean phaseStarts = latest == null || done < latest.done() || !unit.equals(latest.unit());
    if (phaseStarts) {
      startedAt = now;
      startedFrom = done;
    }
    double seconds = (now - startedAt) / 1e9;
    double rate = seconds > 0 ? (done - startedFrom) / seconds : 0;
    latest = new ProgressState(done, total, unit, rate, details);
    if (shown == null || isWorthShowing(now - shownAt)) {
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
    boolean news = !latest.equals(shown);
    if (console.terminal()) {
      // Once more in any case, because the window may have changed.
      show(console.nanoTime().getAsLong());
      console.err().println();
    } else if (news) {
      show(console.nanoTime().getAsLong());
    }
    latest = null;
  }

  private boolean isWorthShowing(long nanosSince) {
    if (console.terminal()) {
      return nanosSince >= TERMINAL_PACE.toNanos();
    }
    if (latest.isSameAmount(shown) || nanosSince < PLAIN_PACE.toNanos()) {
      return false;
    }
    boolean advanced = latest.share() - shown.share() >= PLAIN_SHARE;
    return advanced || latest.total() == 0 || nanosSince >= SIGN_OF_LIFE.toNanos();
  }

  private void show(long now) {
    if (console.terminal()) {
      // The cursor goes back to the start of the line, so that it is still at the start if the
      // window shrinks and the terminal breaks the line; then everything after it is cleared. Until
      // the new width is known, the terminal clips what is too long.
      String text = latest.text(label, console.width().getAsInt() - 1);
      console.err().print('\r' + NO_WRAP + text + CLEAR_REST + WRAP + '\r');
      console.err().flush();
    } else {
      console.err().println(latest.text(label, Integer.MAX_VALUE));
    }
    shown = latest;
    shownAt = now;
  }
}
