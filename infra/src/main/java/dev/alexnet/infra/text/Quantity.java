package dev.alexnet.infra.text;

import java.util.Locale;

/** Writes a count with its noun. */
public final class Quantity {
  private Quantity() {}

  /**
   * As {@code 1 picture}, {@code 1,210 pictures}, {@code 0 classes}.
   *
   * @param noun in the singular; its plural ends in s, or in es after an s
   */
  public static String of(long count, String noun) {
    return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? noun : plural(noun));
  }

  private static String plural(String noun) {
    return noun + (noun.endsWith("s") ? "es" : "s");
  }
}
