package dev.alexnet.pipelines.classes;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.text.PlainNumber;
import dev.alexnet.model.dataset.ClassLabel;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * What the columns of a file of classes are: what the words of its heading say, and whether any row
 * below has a number there.
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
   * @throws Failure of kind BAD_DATA, with the line, if nothing says for certain what the columns
   *     are
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
    // What a 'class' or a text is depends on what the other columns are.
    int wnid = single(rows, wnids.isEmpty() ? classes : wnids);
    List<Integer> besides = wnids.isEmpty() || classes.isEmpty() ? texts : classes;
    int name = single(rows, names.isEmpty() ? besides : names);
    if (wnid == NONE && name == NONE) {
      throw rows.wrong(
          first.line(),
          "no column of the heading has the classes; call one of them 'wnid' or 'name'");
    }
    // A list of numbers and names calls its classes by the names.
    return new ClassHeading(rows, true, single(rows, numbers), wnid == NONE ? name : wnid, name);
  }

  /** Whether a column besides has the classes, so that numbers in this one number them. */
  private static boolean isClassBeside(ClassRows.Row first, ClassRows body, int column) {
    return IntStream.range(0, first.cells().size())
        .filter(other -> other != column)
        .anyMatch(
            other -> {
              String word = ClassWords.of(first.cell(other));
              return ClassWords.isClass(word) || (ClassWords.isOne(word) && !body.hasNumber(other));
            });
  }

  private static int single(ClassRows rows, List<Integer> columns) {
    if (columns.size() > 1) {
      ClassRows.Row first = rows.rows().get(0);
      throw rows.wrong(
          first.line(),
          "the columns %d '%s' and %d '%s' say the same; keep one of them"
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
            "there are commas, but no heading says what stands between them; write a heading into"
                + " the first line, such as wnid,name, or put tabs between wnid and name");
      }
      if (row.cells().size() > 2) {
        throw rows.wrong(
            row.line(),
            "there are %d columns, and no heading says what they are; write a heading into the first line with 'wnid' in it"
                .formatted(row.cells().size()));
      }
    }
    return new ClassHeading(rows, false, NONE, 0, 1);
  }

  boolean isThere() {
    return there;
  }

  /** Whether a column says the numbers of the classes. */
  boolean hasNumbers() {
    return number != NONE;
  }

  /** The number of a row's class. */
  int number(ClassRows.Row row) {
    OptionalInt value = PlainNumber.whole(row.cell(number));
    if (value.isEmpty() || value.getAsInt() < 0) {
      throw rows.wrong(
          row.line(),
          "'%s' is not the number of a class, an integer from 0, as column %d '%s' has in other lines"
              .formatted(row.cell(number), number + 1, rows.rows().get(0).cell(number)));
    }
    return value.getAsInt();
  }

  /** A row's class; one without a name is called by its wnid. */
  ClassLabel label(ClassRows.Row row) {
    int columns = rows.rows().get(0).cells().size();
    if (there && row.cells().size() > columns) {
      throw rows.wrong(
          row.line(),
          "there are %d columns, and the heading has %d".formatted(row.cells().size(), columns));
    }
    if (row.cell(wnid).isEmpty()) {
      throw rows.wrong(row.line(), "the wnid is missing");
    }
    String text = name == NONE ? "" : row.cell(name);
    return new ClassLabel(row.cell(wnid), text.isEmpty() ? row.cell(wnid) : text);
  }
}
