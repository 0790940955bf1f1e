package dev.alexnet.pipelines.classes;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.text.PlainNumber;
import dev.alexnet.model.dataset.ClassLabel;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Which column of a class file holds what, judged by the words of the heading and by whether any
 * row below has a number in that column.
 */
final class ClassHeading {
  private static final int NONE = -1;

  private final ClassRows rows;
  private final boolean there;
  private final int number;
  private final int wnid;
  private final int name;

  private ClassHeading(ClassRows rows, boolean there, int number, int wnid, int name) {
    this.rows = rows;
    this.there = there;
    this.number = number;
    this.wnid = wnid;
    this.name = name;
  }

  /**
   * @throws Failure of kind BAD_DATA, with the line, if the meaning of the columns is not certain
   */
  static ClassHeading of(ClassRows rows) {
    if (rows.rows().isEmpty() || !FirstLine.isHeading(rows)) {
      return without(rows);
    }
    ClassRows.Row first = rows.rows().get(0);
    ClassRows body = rows.withoutFirst();
    List<Integer> numbers = new ArrayList<>();
    List<Integer> wnids = new ArrayList<>();
    List<Integer> classes = new ArrayList<>();
    List<Integer> names = new ArrayList<>();
    List<Integer> texts = new ArrayList<>();
    for (int column = 0; column < first.cells().size(); column++) {
      String word = ClassWords.of(first.cell(column));
      boolean either = ClassWords.NUMBER_OR_WNID.contains(word);
      boolean numbered =
          either || (ClassWords.CLASS.contains(word) && isClassBeside(first, body, column));
      if (ClassWords.NUMBER.contains(word) || (numbered && body.hasNumber(column))) {
        numbers.add(column);
      } else if (ClassWords.WNID.contains(word)) {
        wnids.add(column);
      } else if (either || ClassWords.CLASS.contains(word) || ClassWords.FOLDER.contains(word)) {
        classes.add(column);
      } else if (ClassWords.NAME.contains(word)) {
        names.add(column);
      } else if (ClassWords.TEXT.contains(word)) {
        texts.add(column);
      }
    }
    // The meaning of a 'class' or text column depends on the other columns.
    int wnid = single(rows, wnids.isEmpty() ? classes : wnids);
    List<Integer> besides = wnids.isEmpty() || classes.isEmpty() ? texts : classes;
    int name = single(rows, names.isEmpty() ? besides : names);
    if (wnid == NONE && name == NONE) {
      throw rows.wrong(
          first.line(),
          "no column of the heading holds the classes; name one of them 'wnid' or 'name'");
    }
    // In a list of numbers and names, the names identify the classes.
    return new ClassHeading(rows, true, single(rows, numbers), wnid == NONE ? name : wnid, name);
  }

  /** Whether another column holds the classes, so that this column's numbers are class numbers. */
  private static boolean isClassBeside(ClassRows.Row first, ClassRows body, int column) {
    return IntStream.range(0, first.cells().size())
        .filter(other -> other != column)
        .anyMatch(
            other -> {
              String word = ClassWords.of(first.cell(other));
              return ClassWords.isClass(word)
                  || (ClassWords.isColumnName(word) && !body.hasNumber(other));
            });
  }

  private static int single(ClassRows rows, List<Integer> columns) {
    if (columns.size() > 1) {
      ClassRows.Row first = rows.rows().get(0);
      throw rows.wrong(
          first.line(),
          "the columns %d '%s' and %d '%s' mean the same; keep only one of them"
              .formatted(
                  columns.get(0) + 1,
                  first.cell(columns.get(0)),
                  columns.get(1) + 1,
                  first.cell(columns.get(1))));
    }
    return columns.isEmpty() ? NONE : columns.get(0);
  }

  private static ClassHeading without(ClassRows rows) {
    for (ClassRows.Row row : rows.rows()) {
      if (row.cells().size() > 1 && rows.commas()) {
        throw rows.wrong(
            row.line(),
            "there are commas, but no heading that names the columns; add a heading such as wnid,name as the first line, or separate wnid and name with a tab");
      }
      if (row.cells().size() > 2) {
        throw rows.wrong(
            row.line(),
            "there are %d columns, but no heading that names them; add a heading with 'wnid' in it as the first line"
                .formatted(row.cells().size()));
      }
    }
    return new ClassHeading(rows, false, NONE, 0, 1);
  }

  boolean isThere() {
    return there;
  }

  /** Whether a column gives the numbers of the classes. */
  boolean hasNumbers() {
    return number != NONE;
  }

  /** The number of the class in a row. */
  int number(ClassRows.Row row) {
    OptionalInt value = PlainNumber.whole(row.cell(number));
    if (value.isEmpty() || value.getAsInt() < 0) {
      throw rows.wrong(
          row.line(),
          "'%s' is not a class number, an integer of at least 0, as column %d '%s' has in other lines"
              .formatted(row.cell(number), number + 1, rows.rows().get(0).cell(number)));
    }
    return value.getAsInt();
  }

  /** The class in a row; without a name, its wnid is the name. */
  ClassLabel label(ClassRows.Row row) {
    int columns = rows.rows().get(0).cells().size();
    if (there && row.cells().size() > columns) {
      throw rows.wrong(
          row.line(),
          "there are %d columns, but the heading has %d".formatted(row.cells().size(), columns));
    }
    if (row.cell(wnid).isEmpty()) {
      throw rows.wrong(row.line(), "the wnid is missing");
    }
    String text = name == NONE ? "" : row.cell(name);
    return new ClassLabel(row.cell(wnid), text.isEmpty() ? row.cell(wnid) : text);
  }
}
