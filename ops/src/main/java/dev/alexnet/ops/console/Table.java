package dev.alexnet.ops.console;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Text in aligned columns under a heading. */
public final class Table {
  /** The heading of the column whose words get colours. */
  static final String STATE = "state";

  private final List<List<String>> rows = new ArrayList<>();
  private final Set<String> numbers = new TreeSet<>();

  public Table(String... headings) {
    rows.add(List.of(headings));
  }

  /** Aligns columns at the right. */
  public Table numbers(String... headings) {
    if (!rows.get(0).containsAll(Arrays.asList(headings))) {
      throw new IllegalArgumentException(
          Arrays.toString(headings) + " are not all headings of " + rows.get(0));
    }
    numbers.addAll(Arrays.asList(headings));
    return this;
  }

  /** Adds a row, which must have as many cells as there are headings. */
  public Table row(String... cells) {
    if (cells.length != rows.get(0).size()) {
      throw new IllegalArgumentException(
          cells.length + " cells in a table of " + rows.get(0).size() + " columns");
    }
    rows.add(List.of(cells));
    return this;
  }

  /**
   * The table's lines, each ended by a line feed. If it is too wide, cells are broken at blanks; if
   * even its longest words do not fit beside each other, each row becomes a table of its own, of
   * names and values. A table of two columns is one already: only its second column is broken.
   */
  public String on(Screen screen) {
    TableLayout layout = new TableLayout(rows, numbers);
    return layout.isOfNamesAndValues() || layout.fits(screen.columns())
        ? layout.text(screen)
        : rowByRow(screen);
  }

  /** The table as a pipe gets it. */
  @Override
  public String toString() {
    return on(Screen.NONE);
  }

  private String rowByRow(Screen screen) {
    List<String> headings = rows.get(0);
    List<String> texts = new ArrayList<>();
    for (List<String> row : rows.subList(1, rows.size())) {
      List<List<String>> turned = new ArrayList<>();
      for (int column = 0; column < row.size(); column++) {
        turned.add(List.of(headings.get(column), row.get(column)));
      }
      texts.add(new TableLayout(turned, Set.of()).text(screen));
    }
    return String.join("\n", texts);
  }
}
