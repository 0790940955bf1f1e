package dev.alexnet.pipelines.classes;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.text.PlainNumber;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Names of classes that mean the same: they would be two classes in silence. */
public final class ClassNames {
  private static final char LAST_ASCII = '~';

  private ClassNames() {}

  /**
   * Requires names to differ, also as people read them: not only in how Unicode spells their
   * letters, nor, if all are integers, in how a number is written.
   *
   * @param where what has them, for the message
   * @throws Failure of kind BAD_DATA that names the first two, with letters outside of ASCII as
   *     {@code \\u} and their number
   */
  public static void requireDifferent(Collection<String> names, Object where) {
    requireDifferent(
        names,
        name -> Normalizer.normalize(name, Normalizer.Form.NFC),
        where,
        "look the same, and differ only in how Unicode spells a letter");
    if (names.stream().allMatch(ClassNames::isInteger)) {
      requireDifferent(
          names,
          name -> PlainNumber.of(name).orElseThrow().stripTrailingZeros().toPlainString(),
          where,
          "are the same number");
    }
  }

  /** Others may be versions, of which 1.10 is not 1.1. */
  private static boolean isInteger(String name) {
    return PlainNumber.of(name).filter(n -> n.stripTrailingZeros().scale() <= 0).isPresent();
  }

  private static void requireDifferent(
      Collection<String> names, UnaryOperator<String> meaning, Object where, String how) {
    Map<String, String> firstOf = new HashMap<>();
    for (String name : names) {
      String before = firstOf.putIfAbsent(meaning.apply(name), name);
      if (before != null && !before.equals(name)) {
        throw new Failure(
            Failure.Kind.BAD_DATA,
            "The classes %s and %s of %s %s. Rename one if they are two classes, or put their pictures together"
                .formatted(inAscii(before), inAscii(name), where, how));
      }
    }
  }

  private static String inAscii(String name) {
    StringBuilder text = new StringBuilder("'");
    name.chars()
        .forEach(
            letter ->
                text.append(
                    letter > LAST_ASCII
                        ? "\\u%04x".formatted(letter)
                        : String.valueOf((char) letter)));
    return text.append("'").toString();
  }

  /**
   * What names stand for that may be integers: if all are and some are written in another way, as
   * {@code 1.0} or {@code 01} beside {@code 1}, the integer; otherwise themselves.
   */
  public static SortedMap<String, String> integers(Collection<String> names) {
    SortedMap<String, String> integers = new TreeMap<>();
    SortedMap<String, String> same = new TreeMap<>();
    boolean fraction = false;
    for (String name : names) {
      OptionalInt whole = PlainNumber.whole(name);
      if (whole.isPresent()) {
        integers.put(name, Integer.toString(whole.getAsInt()));
      }
      fraction |= name.indexOf('.') >= 0;
      same.put(name, name);
    }
    boolean all = integers.size() == same.size();
    boolean twice = integers.values().stream().distinct().count() < integers.size();
    return all && (fraction || twice) ? integers : same;
  }
}
