package dev.alexnet.ops.console;

import java.time.Duration;
import java.util.Locale;

/** A duration as text. */
public final class ElapsedTime {
  private ElapsedTime() {}

  /** As {@code "0.4 s"}, {@code "18 s"}, {@code "4 min 05 s"} or {@code "3 h 20 min"}. */
  public static String text(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 1) {
      return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
    }
    return String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds / 60 % 60);
  }
}
