package dev.alexnet.ops.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class WarningsOnlyTest {
  @Test
  void quietly_notesAndWarnings_showsTheWarnings() {
    StringWriter err = new StringWriter();
    Console console =
        new Console(
            new PrintWriter(new StringWriter()),
            new PrintWriter(err, true),
            false,
            () -> 80,
            () -> 0);

    Console quiet = console.quietly();
    quiet.note("Converted: 3 class folders");
    quiet.note("Warning: their labels differ");
    quiet.note("convert: a note about a Warning: nothing");

    assertThat(err).hasToString("Warning: their labels differ\n");
  }
}
