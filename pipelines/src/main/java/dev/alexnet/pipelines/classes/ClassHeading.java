package dev.alexnet.pipelines.classes;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.text.PlainNumber;
import dev.alexnet.model.dataset.ClassLabel;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What the columns of a file of classes are. The first line is a heading if it has the usual words
 * for a column, in any case and order. If it may be a heading or a class, it is refused: taken for
 * the wrong one of them it would shift every label by one.
 */
final class ClassHeading {
  private static final Pattern WNID_FORM = Pattern.compile("n\\d{8}");
  private static final String IF_A_CLASS =
      "if it is a class, write a line with 'wnid', a tab and 'name' above it";
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
    if (rows.rows().isEmpty() || !isHeading(rows)) {
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
      boolean digits =
          !body.rows().isEmpty() && PlainNumber.of(body.rows().get(0).cell(column)).isPresent();
      boolean either = ClassWords.NUMBER_OR_WNID.contains(word);
      if (ClassWords.NUMBER.contains(word) || (either && digits)) {
        numbers.add(column);
      } else if (ClassWords.WNID.contains(word)) {
        wnids.add(column);
      } else if (either || ClassWords.CLASS.contains(word)) {
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

  private static boolean isHeading(ClassRows rows) {
    ClassRows.Row first = rows.rows().get(0);
    List<String> cells = first.cells();
    // As labels.txt of a dataset has a class without a name; a heading says no word twice.
    if (cells.size() == 2 && cells.get(0).equals(cells.get(1))) {
      return false;
    }
    // Nor has it a wnid or a number in it.
    if (cells.stream()
        .anyMatch(cell -> WNID_FORM.matcher(cell).matches() || PlainNumber.of(cell).isPresent())) {
      return false;
    }
    long known = cells.stream().filter(cell -> ClassWords.isOne(ClassWords.of(cell))).count();
    if (known == 0) {
      refuseUnknown(rows);
      return false;
    }
    ClassRows body = rows.withoutFirst();
    boolean certain =
        known > 1
            || cells.size() > 2
            || cells.stream()
                .anyMatch(cell -> ClassWords.UNMISTAKABLE.contains(ClassWords.of(cell)))
            || hasColumn(body, first, ClassWords::isOne, cell -> WNID_FORM.matcher(cell).matches())
            || hasColumn(
                body, first, ClassWords::mayBeNumber, cell -> PlainNumber.of(cell).isPresent())
            || (rows.commas() && cells.size() > 1);
    if (!certain) {
      throw rows.wrong(
          first.line(),
          "'%s' may be the heading or a class; if it is the heading, remove it; %s"
              .formatted(String.join("', '", cells), IF_A_CLASS));
    }
    return true;
  }

  /** Whether a column of such a word has nothing but such cells below the first line. */
  private static boolean hasColumn(
      ClassRows body, ClassRows.Row first, Predicate<String> words, Predicate<String> cells) {
    return IntStream.range(0, first.cells().size())
        .filter(column -> words.test(ClassWords.of(first.cell(column))))
        .anyMatch(
            column ->
                !body.rows().isEmpty()
                    && body.rows().stream().allMatch(row -> cells.test(row.cell(column))));
  }

  /** A first line that is of another form than all others is a heading, in words of its own. */
  private static void refuseUnknown(ClassRows rows) {
    ClassRows.Row first = rows.rows().get(0);
    ClassRows body = rows.withoutFirst();
    boolean strange = false;
    for (int column = 0; column < 2 && !body.rows().isEmpty(); column++) {
      int place = column;
      for (Predicate<String> form :
          List.<Predicate<String>>of(
              cell -> WNID_FORM.matcher(cell).matches(),
              cell -> PlainNumber.of(cell).isPresent())) {
        strange |=
            !form.test(first.cell(place))
                && body.rows().stream().allMatch(row -> form.test(row.cell(place)));
      }
    }
    String[] words = first.cell(0).split("[^\\p{L}\\p{N}_]+", -1);
    strange |=
        first.cells().size() == 1
            && words.length > 1
            && List.of(words).stream().allMatch(w -> ClassWords.isOne(ClassWords.of(w)));
    strange |= first.cell(0).startsWith("#") || first.cell(0).startsWith("//");
    if (strange) {
      throw rows.wrong(
          first.line(),
          "'%s' is not a class as in the other lines; if it is the heading, call the columns 'label', 'wnid' and 'name', with tabs between them; %s"
              .formatted(String.join("', '", first.cells()), IF_A_CLASS));
    }
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
          row.line(), "'" + row.cell(number) + "' is not the number of a class, an integer from 0");
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
