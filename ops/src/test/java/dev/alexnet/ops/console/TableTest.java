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

  @Test
  void on_tooNarrow_breaksTheWidestCellsAtBlanks() {
    Table table =
        new Table("step", "state", "time", "result")
            .numbers("time")
            .row("synth", "done", "2 s", "3,000 pictures of 10 classes at runs/default/archives")
            .row("train", "already done", "56 s", "loss 0.134, top-1 error 4.8 %");

    assertThat(table.on(new Screen(50, false)))
        .isEqualTo(
            """
            step   state         time  result
            synth  done           2 s  3,000 pictures of 10
                                       classes at
                                       runs/default/archives
            train  already done  56 s  loss 0.134, top-1 error
                                       4.8 %
            """);
  }

  @Test
  void on_wordsTooLongBesideEachOther_showsEachRowAsATable() {
    Table table =
        new Table("image", "class", "cosine")
            .numbers("cosine")
            .row("a-long-name-of-a-file.jpeg", "n01440764", "0.9")
            .row("another-name.jpeg", "n01443537", "1.0");

    assertThat(table.on(new Screen(40, false)))
        .isEqualTo(
            """
            image   a-long-name-of-a-file.jpeg
            class   n01440764
            cosine  0.9

            image   another-name.jpeg
            class   n01443537
            cosine  1.0
            """);
  }

  @Test
  void on_nameAndValue_letsAWordThatFitsNowhereStickOut() {
    Table table = new Table("model", "runs/first/training/model").row("classes", "10");

    assertThat(table.on(new Screen(20, false)))
        .isEqualTo("model    runs/first/training/model\nclasses  10\n");
  }

  @Test
  void on_nameAndValueTooNarrow_keepsNamesWholeAndBreaksValues() {
    Table table =
        new Table("work directory", "gs://a-bucket-of-a-long-name/first")
            .row("price an hour", "spot $0.80, then standard $2.00")
            .row("zones", "a");

    assertThat(table.on(new Screen(36, false)))
        .isEqualTo(
            """
            work directory  gs://a-bucket-of-a-long-name/first
            price an hour   spot $0.80, then
                            standard $2.00
            zones           a
            """);
  }

  @Test
  void on_colours_paintsStatesOnlyAndAlignsAsWithout() {
    Table table =
        new Table("step", "state", "why")
            .row("a", "done", "done")
            .row("b", "stale", "changed")
            .row("c", "2 problems", "-")
            .row("d", "unknown", "-");

    assertThat(table.on(new Screen(80, true)))
        .isEqualTo(
            """
            step  state       why
            a     \u001b[32mdone\u001b[0m        done
            b     \u001b[33mstale\u001b[0m       changed
            c     \u001b[31m2 problems\u001b[0m  -
            d     unknown     -
            """);
  }

  @Test
  void numbers_ofAColumnThatIsMissing_isRefused() {
    assertThatThrownBy(() -> new Table("a", "b").numbers("c"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("[c] are not all headings of [a, b]");
  }
}
