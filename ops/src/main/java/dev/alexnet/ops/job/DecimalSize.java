package dev.alexnet.ops.job;

import java.util.Locale;

/** A number of bytes in the units in which disks are sold. */
final class DecimalSize {
  private static final double KILO = 1e3;
  private static final double MEGA = 1e6;
  private static final double GIGA = 1e9;

  private DecimalSize() {}

  /** As {@code 1 kB}, {@code 12.3 MB} or {@code 1,234.5 GB}. */
  static String text(long bytes) {
    if (bytes < MEGA) {
      return String.format(Locale.ROOT, "%.0f kB", Math.ceil(bytes / KILO));
    }
    return bytes < GIGA
        ? String.format(Locale.ROOT, "%.1f MB", bytes / MEGA)
        : String.format(Locale.ROOT, "%,.1f GB", bytes / GIGA);
  }
}
