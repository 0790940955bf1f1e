package dev.alexnet.infra.text;

import java.util.List;
import java.util.Locale;

/** Lists names in a sentence: all of them, or the first few of many. */
public final class NameList {
  private static final int SHOWN = 5;

  private NameList() {}

  /** The names separated by commas, as {@code a, b, c and 1,210 more}. */
  public static String of(List<String> names) {
    String shown = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
    return names.size() > SHOWN
        ? String.format(Locale.ROOT, "%s and %,d more", shown, names.size() - SHOWN)
        : shown;
  }
}
