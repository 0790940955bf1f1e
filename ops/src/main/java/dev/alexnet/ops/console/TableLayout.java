package dev.alexnet.ops.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Places the cells of a table.
 *
 * @param rows of cells, the headings first
 * @param numbers the headings of columns that are aligned at the right
 */
record TableLayout(List<List<String>> rows, Set<String> numbers) {
  private static final String GAP = "  ";
  private static final int NAME_AND_VALUE = 2;

  /** Whether the columns can hold the table without a break inside a word. */
  boolean fits(int columns) {
    long least = gaps();
    for (int column = 0; column < columnCount(); column++) {
      least += longestWord(column);
    }
    return least <= columns;
  }

  /** The lines, each ended by a line feed. */
  String text(Screen screen) {
    int[] widths =
        isOfNamesAndValues() ? widthsOfNamesAndValues(screen.columns()) : widths(screen.columns());
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      append(text, row, widths, screen);
    }
    return text.toString();
  }

  private void append(StringBuilder text, List<String> row, int[] widths, Screen screen) {
    List<List<String>> cells = new ArrayList<>();
    int height = 1;
    for (int column = 0; column < row.size(); column++) {
      cells.add(WordWrap.lines(row.get(column), widths[column]));
      height = Math.max(height, cells.get(column).size());
    }
    for (int line = 0; line < height; line++) {
      StringBuilder shown = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        List<String> cell = cells.get(column);
        String part = line < cell.size() ? cell.get(line) : "";
        String padding = " ".repeat(Math.max(0, widths[column] - part.length()));
        String painted = row == rows.get(0) ? part : painted(part, row, column, screen);
        shown.append(isOfNumbers(column) ? padding + painted : painted + padding).append(GAP);
      }
      text.append(shown.toString().stripTrailing()).append('\n');
    }
  }

  private String painted(String part, List<String> row, int column, Screen screen) {
    return heading(column).equals(Table.STATE)
        ? Colour.ofState(row.get(column)).map(colour -> screen.painted(part, colour)).orElse(part)
        : part;
  }

  /** Names stay whole. A word that is longer than what is left for the values sticks out alone. */
  private int[] widthsOfNamesAndValues(int columns) {
    int names = longestCell(0);
    return new int[] {names, Math.min(longestCell(1), Math.max(1, columns - gaps() - names))};
  }

  /** Takes from the widest columns first, and from none more than its longest word allows. */
  private int[] widths(int columns) {
    int[] widths = new int[columnCount()];
    int[] least = new int[columnCount()];
    long sum = gaps();
    for (int column = 0; column < widths.length; column++) {
      widths[column] = longestCell(column);
      least[column] = longestWord(column);
      sum += widths[column];
    }
    for (; sum > columns; sum--) {
      int widest = -1;
      for (int column = 0; column < widths.length; column++) {
        boolean canShrink = widths[column] > least[column];
        if (canShrink && (widest < 0 || widths[column] > widths[widest])) {
          widest = column;
        }
      }
      if (widest < 0) {
        break;
      }
      widths[widest]--;
    }
    return widths;
  }

  boolean isOfNamesAndValues() {
    return columnCount() == NAME_AND_VALUE;
  }

  private int columnCount() {
    return rows.get(0).size();
  }

  private int gaps() {
    return GAP.length() * (columnCount() - 1);
  }

  private String heading(int column) {
    return rows.get(0).get(column);
  }

  private boolean isOfNumbers(int column) {
    return numbers.contains(heading(column));
  }

  private int longestCell(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  /** Numbers keep their units: columns of them are not broken. */
  private int longestWord(int column) {
    return isOfNumbers(column)
        ? longestCell(column)
        : rows.stream().mapToInt(row -> WordWrap.longestWord(row.get(column))).max().orElse(0);
  }
}
