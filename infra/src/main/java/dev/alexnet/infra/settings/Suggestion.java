package dev.alexnet.infra.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Suggests the nearest known word for an unknown one. */
public final class Suggestion {
  private Suggestion() {}

  /**
   * @return a sentence such as {@code "; did you mean 'mini'?"}, or the full list if no known word
   *     is near
   */
  public static String forWord(String wrong, Collection<String> known) {
    Optional<String> nearest =
        known.stream()
            .min(Comparator.comparingInt(word -> distance(wrong, word)))
            .filter(word -> distance(wrong, word) <= Math.max(2, word.length() / 3));
    return nearest
        .map(word -> "; did you mean '" + word + "'?")
        .orElse("; known are " + String.join(", ", known));
  }

  /** Levenshtein distance, ignoring case. */
  static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(substitution, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
