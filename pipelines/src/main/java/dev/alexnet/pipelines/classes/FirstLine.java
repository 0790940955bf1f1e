package dev.alexnet.pipelines.classes;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.text.PlainNumber;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Decides whether the first line of a class file is a heading: it is if it has the usual column
 * names, in any case and order. A line that could be either a heading or a class is refused,
 * because a wrong guess would shift every label by one.
 */
final class FirstLine {
  private static final Pattern WNID_FORM = Pattern.compile("n\\d{8}");
  private static final String IF_A_CLASS =
      "if it is a class, add the heading 'wnid', tab, 'name' above it";

  private final ClassRows rows;
  private final List<String> cells;
  private final List<String> words;
  private final ClassRows body;

  private FirstLine(ClassRows rows) {
    this.rows = rows;
    this.cells = rows.rows().get(0).cells();
    this.words = cells.stream().map(ClassWords::of).toList();
    this.body = rows.withoutFirst();
  }

  /**
   * @param rows at least one
   * @throws Failure of kind BAD_DATA, with the line, if this is not certain
   */
  static boolean isHeading(ClassRows rows) {
    return new FirstLine(rows).isHeading();
  }

  private boolean isHeading() {
    long known = words.stream().filter(ClassWords::isColumnName).count();
    refuseLaterHeading();
    if (rows.rows().get(0).isClassTwice()) {
      refuseRepeatedWord(known > 0 || isNumber(cells.get(0)));
      return false;
    }
    if (cells.stream().anyMatch(FirstLine::isWnid)) {
      return false;
    }
    if (cells.stream().anyMatch(FirstLine::isNumber)) {
      refuseNumericHeading();
      return false;
    }
    if (known == 0) {
      refuseUnknown();
      return false;
    }
    boolean certain =
        known > 1
            || cells.size() > 2
            || words.stream().anyMatch(ClassWords.UNMISTAKABLE::contains)
            || hasColumn(ClassWords::isColumnName, FirstLine::isWnid)
            || hasColumn(ClassWords::mayBeNumber, FirstLine::isNumber)
            || (rows.commas() && cells.size() > 1);
    if (!certain) {
      throw ambiguous();
    }
    return true;
  }

  /** In labels.txt a class without a name is written twice, and so are all others there. */
  private void refuseRepeatedWord(boolean mayBeHeading) {
    boolean alone =
        !body.rows().isEmpty() && body.rows().stream().noneMatch(ClassRows.Row::isClassTwice);
    if (mayBeHeading && (alone || body.areAll(0, FirstLine::isWnid))) {
      throw ambiguous();
    }
  }

  /**
   * A title above the heading, or a second file appended to the first, would be read as classes.
   */
  private void refuseLaterHeading() {
    for (ClassRows.Row row : body.rows()) {
      List<String> said = row.cells().stream().map(ClassWords::of).distinct().toList();
      if (said.size() > 1 && said.stream().allMatch(ClassWords::isColumnName)) {
        throw rows.wrong(
            row.line(),
            "'%s' looks like a heading, which must be the first line"
                .formatted(String.join("', '", row.cells())));
      }
    }
  }

  /** Whether a column with such a word has only such cells below the first line. */
  private boolean hasColumn(Predicate<String> word, Predicate<String> form) {
    return IntStream.range(0, cells.size())
        .anyMatch(column -> word.test(words.get(column)) && body.areAll(column, form));
  }

  /** Refuses a heading of numbers, as programs write for unnamed columns, and a count of lines. */
  private void refuseNumericHeading() {
    boolean strange =
        IntStream.range(0, cells.size())
            .anyMatch(
                column ->
                    isNumber(cells.get(column)) && body.areAll(column, cell -> !isNumber(cell)));
    if (strange || words.stream().anyMatch(ClassWords.UNMISTAKABLE::contains)) {
      throw unlikeOtherLines();
    }
  }

  /**
   * Refuses a first line whose form differs from all others: it is a heading with unknown words.
   */
  private void refuseUnknown() {
    boolean strange = false;
    for (int column = 0; column < 2; column++) {
      String cell = column < cells.size() ? cells.get(column) : "";
      strange |= !isWnid(cell) && body.areAll(column, FirstLine::isWnid);
      strange |= !isNumber(cell) && body.areAll(column, FirstLine::isNumber);
    }
    String[] parts = cells.get(0).split("[^\\p{L}\\p{N}_]+", -1);
    strange |=
        cells.size() == 1
            && parts.length > 1
            && List.of(parts).stream()
                .allMatch(part -> ClassWords.isColumnName(ClassWords.of(part)));
    strange |= ClassRows.isComment(cells.get(0));
    if (strange) {
      throw unlikeOtherLines();
    }
  }

  private Failure ambiguous() {
    return rows.wrong(
        rows.rows().get(0).line(),
        "'%s' may be the heading or a class; if it is the heading, remove it; %s"
            .formatted(String.join("', '", cells), IF_A_CLASS));
  }

  private Failure unlikeOtherLines() {
    return rows.wrong(
        rows.rows().get(0).line(),
        "'%s' does not look like the classes in the other lines; if it is the heading, name the columns 'label', 'wnid' and 'name', separated by tabs; %s"
            .formatted(String.join("', '", cells), IF_A_CLASS));
  }

  private static boolean isWnid(String cell) {
    return WNID_FORM.matcher(cell).matches();
  }

  private static boolean isNumber(String cell) {
    return PlainNumber.of(cell).isPresent();
  }
}
