package dev.alexnet.ops.launch;

import java.util.Locale;
import java.util.OptionalDouble;

/** Amounts of US dollars for people. */
public final class Price {
  private Price() {}

  /** As {@code $2.80}. */
  public static String of(double dollars) {
    return String.format(Locale.ROOT, "$%.2f", dollars);
  }

  /** As {@code $2.80 an hour}. */
  public static String anHour(OptionalDouble dollars) {
    return dollars.isPresent() ? of(dollars.getAsDouble()) + " an hour" : "an unknown price";
  }
}
