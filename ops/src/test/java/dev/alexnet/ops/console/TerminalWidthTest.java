package dev.alexnet.ops.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalWidthTest {
  @ParameterizedTest
  @CsvSource({"24 80\\n, 80", "24 120, 120", "0 0, 100", "'', 100", "stty: not a tty, 100"})
  void columns_answer_isItsSecondNumberIfSensible(String answer, int columns) {
    assertThat(TerminalWidth.columns(answer.replace("\\n", "\n"), 100)).isEqualTo(columns);
  }
}
