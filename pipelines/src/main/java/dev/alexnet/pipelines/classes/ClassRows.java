package dev.alexnet.pipelines.classes;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.text.ByteText;
import dev.alexnet.infra.text.PlainNumber;
import dev.alexnet.infra.text.PlainText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The non-blank rows of a class file.
 *
 * @param commas whether commas separate the cells, with quotes as in RFC 4180; otherwise tabs do,
 *     and quotes are refused
 */
record ClassRows(Location file, boolean commas, List<Row> rows) {
  // Words after something other than a tab, as some tools write lists.
  private static final Pattern WORDS_AFTER_WNID = Pattern.compile("n\\d{8}\\W.*");
  private static final Pattern WORDS_AFTER_SPACE = Pattern.compile("n\\d{8}\\s.*");
  private static final Pattern WORDS_AFTER_NUMBER =
      Pattern.compile("[(\\[]?\\d+([.)\\]]?\\s+|\\s*[:;|=)\\]]\\s*)\\S.*");
  private static final Pattern OTHER_FORMAT = Pattern.compile("[{\\[].*|-{1,3}(\\s.*)?");
  private static final Pattern COMMENT = Pattern.compile("(#|//|%).*");
  private static final Pattern QUOTED = Pattern.compile("([\"']).*\\1");

  ClassRows {
    rows = List.copyOf(rows);
  }

  /**
   * @param line the line where the row starts, from 1
   * @param cells stripped of surrounding spaces; the last one is not empty
   */
  record Row(int line, List<String> cells) {
    Row {
      cells = List.copyOf(cells);
    }

    /** Empty beyond the last cell. */
    String cell(int column) {
      return column < cells.size() ? cells.get(column) : "";
    }

    /**
     * Whether both cells are the same, as a dataset's {@code labels.txt} writes a class without a
     * name.
     */
    boolean isClassTwice() {
      return cells.size() == 2 && cells.get(0).equals(cells.get(1));
    }
  }

  /**
   * @throws Failure of kind BAD_DATA, with the line, if the file is not UTF-8 or the separator of
   *     the cells is unclear
   */
  static ClassRows of(byte[] content, Location file) {
    String text = PlainText.strict(content, file);
    boolean tabs = text.indexOf('\t') >= 0;
    String first = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    boolean words = WORDS_AFTER_SPACE.matcher(first).matches();
    if (!tabs && !words && (file.name().endsWith(".csv") || first.indexOf(',') >= 0)) {
      return new ClassRows(file, true, byCommas(text, file)).checked();
    }
    List<Row> rows = new ArrayList<>();
    List<String> lines = text.lines().toList();
    for (int line = 1; line <= lines.size(); line++) {
      add(rows, line, List.of(lines.get(line - 1).split("\t", -1)), file);
    }
    return new ClassRows(file, false, rows).checked();
  }

  private ClassRows checked() {
    for (Row row : rows) {
      if (!row.isClassTwice()) {
        checkForm(row);
      }
      if (row.cells().size() == 1) {
        checkSingle(row);
      }
    }
    return this;
  }

  private static List<Row> byCommas(String text, Location file) {
    List<Row> rows = new ArrayList<>();
    int line = 1;
    try (CSVParser parser =
        CSVParser.parse(text, CSVFormat.DEFAULT.builder().setIgnoreEmptyLines(false).build())) {
      for (CSVRecord row : parser) {
        add(rows, line, row.toList(), file);
        line = (int) parser.getCurrentLineNumber() + 1;
      }
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      throw wrong(file, line, "the quotes from here on are broken");
    }
    return rows;
  }

  private static void add(List<Row> rows, int line, List<String> texts, Location file) {
    List<String> cells = new ArrayList<>();
    texts.forEach(text -> cells.add(PlainText.stripped(text)));
    while (!cells.isEmpty() && cells.get(cells.size() - 1).isEmpty()) {
      cells.remove(cells.size() - 1);
    }
    if (cells.isEmpty()) {
      return;
    }
    for (String cell : cells) {
      if (PlainText.hasControls(cell)) {
        throw wrong(
            file,
            line,
            "'" + ByteText.of(cell) + "' has a control character or a line break; remove it");
      }
    }
    rows.add(new Row(line, cells));
  }

  /** Whether a cell starts like a comment. */
  static boolean isComment(String cell) {
    return COMMENT.matcher(cell).matches();
  }

  private void checkForm(Row row) {
    for (String cell : row.cells()) {
      if (!commas && QUOTED.matcher(cell).matches()) {
        throw wrong(row.line(), cell + " is in quotes; remove the quotes");
      }
    }
    if (OTHER_FORMAT.matcher(row.cell(0)).matches()) {
      throw wrong(
          row.line(),
          "'"
              + row.cell(0)
              + "' looks like JSON or YAML; write one wnid per line and its name, if any, after a"
              + " tab");
    }
  }

  private void checkSingle(Row row) {
    String cell = row.cell(0);
    if (!row.equals(rows.get(0)) && isComment(cell)) {
      throw wrong(row.line(), "'" + cell + "' looks like a comment; remove it");
    }
    if (WORDS_AFTER_WNID.matcher(cell).matches()) {
      throw wrong(
          row.line(),
          "'"
              + cell
              + "' is a wnid followed by other words; write one wnid per line and its name, if"
              + " any, after a tab. 'cut -c 1-9' extracts the wnids");
    }
    if ((cell.indexOf(',') >= 0 && !commas) || cell.indexOf(';') >= 0) {
      throw wrong(
          row.line(),
          "'" + cell + "' contains a comma or a semicolon; separate wnid and name with a tab");
    }
    if (WORDS_AFTER_NUMBER.matcher(cell).matches()) {
      throw wrong(
          row.line(),
          "'"
              + cell
              + "' is a number followed by words; separate them with a tab, and add the heading"
              + " 'label', tab, 'wnid' as the first line");
    }
  }

  /** Whether any cell of a column is a number. */
  boolean hasNumber(int column) {
    return rows.stream().anyMatch(row -> PlainNumber.of(row.cell(column)).isPresent());
  }

  /** Whether there are rows and all cells of a column match. */
  boolean areAll(int column, Predicate<String> form) {
    return !rows.isEmpty() && rows.stream().allMatch(row -> form.test(row.cell(column)));
  }

  ClassRows withoutFirst() {
    return new ClassRows(file, commas, rows.subList(1, rows.size()));
  }

  Failure wrong(int line, String problem) {
    return wrong(file, line, problem);
  }

  private static Failure wrong(Location file, int line, String problem) {
    return new Failure(Failure.Kind.BAD_DATA, file + ", line " + line + ": " + problem);
  }
}
