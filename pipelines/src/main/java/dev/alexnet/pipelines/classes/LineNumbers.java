package dev.alexnet.pipelines.classes;

import dev.alexnet.infra.text.PlainNumber;
import java.util.HashSet;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers in a column of a class file that is not marked as class numbers. They may agree with the
 * line numbers or contradict them.
 */
final class LineNumbers {
  private static final Pattern NUMBER_BEHIND = Pattern.compile(".*[\\s:=|](\\d{1,7})");
  // How programs write a missing number.
  private static final Set<String> MISSING = Set.of("", "na", "n/a", "nan", "null", "none", "-");

  private LineNumbers() {}

  /**
   * The first line whose number differs from its place below the heading, counted from 0; 0 if
   * there is none.
   */
  static int strayLine(ClassRows rows, ClassHeading heading) {
    ClassRows body = heading.isThere() ? rows.withoutFirst() : rows;
    int columns = body.rows().stream().mapToInt(row -> row.cells().size()).max().orElse(0);
    for (int column = 0; column < columns; column++) {
      String word = heading.isThere() ? ClassWords.of(rows.rows().get(0).cell(column)) : "";
      boolean ofClasses = !heading.isThere() || ClassWords.isColumnName(word);
      boolean isCount = ClassWords.COUNT.contains(word);
      int stray = isCount ? 0 : strayLine(body, column, ofClasses, heading.isThere());
      if (stray > 0) {
        return stray;
      }
    }
    return 0;
  }

  /**
   * @param ofClasses whether the column is known to hold classes or their names; other columns may
   *     hold any quantity, and number the classes only if no number occurs twice
   */
  private static int strayLine(
      ClassRows body, int column, boolean ofClasses, boolean underHeading) {
    int stray = 0;
    Set<Integer> numbers = new HashSet<>();
    for (int place = 0; place < body.rows().size(); place++) {
      ClassRows.Row row = body.rows().get(place);
      OptionalInt number = numberIn(row, column);
      // A lone word in the first line may be an unrecognised heading.
      boolean mayBeWord = place == 0 && !underHeading;
      if (number.isEmpty() && !mayBeWord && !isMissing(row.cell(column))) {
        return 0;
      }
      if (number.isPresent() && !numbers.add(number.getAsInt()) && !ofClasses) {
        return 0;
      }
      if (stray == 0 && number.isPresent() && number.getAsInt() != place) {
        stray = row.line();
      }
    }
    return stray;
  }

  private static boolean isMissing(String cell) {
    return MISSING.contains(cell.toLowerCase(Locale.ROOT));
  }

  /** A cell that is a number, or the number after the words of a line that has only one cell. */
  private static OptionalInt numberIn(ClassRows.Row row, int column) {
    String cell = row.cell(column);
    Matcher behind = NUMBER_BEHIND.matcher(cell);
    return PlainNumber.whole(
        column == 0 && row.cells().size() == 1 && behind.matches() ? behind.group(1) : cell);
  }
}
