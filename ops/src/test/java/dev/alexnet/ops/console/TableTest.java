package dev.alexnet.ops.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void toString_cellsOfAllLengths_alignsColumns() {
    Table table = new Table("setting", "value", "from").row("a", "longer value", "given");

    assertThat(table.row("train-per-class", "", "default"))
        .hasToString(
            """
            setting          value         from
            a                longer value  given
            train-per-class                default
            """);
  }

  @Test
  void row_wrongNumberOfCells_isRefused() {
    assertThatThrownBy(() -> new Table("a", "b").row("1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 cells in a table of 2 columns");
  }
}
