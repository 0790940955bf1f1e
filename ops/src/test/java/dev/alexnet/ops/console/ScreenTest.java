package dev.alexnet.ops.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScreenTest {
  private static final String TEXT =
      "Done in runs/default: report of 500 images\n  alexnet run --config a-long-name.yaml\n";

  @Test
  void fitted_aTerminal_breaksSentencesAtBlanksAndKeepsWhatIsIndented() {
    assertThat(new Screen(25, false).fitted(TEXT))
        .isEqualTo(
            "Done in runs/default:\nreport of 500 images\n  alexnet run --config a-long-name.yaml\n");
  }

  @Test
  void fitted_aPipe_changesNothing() {
    assertThat(Screen.NONE.fitted(TEXT)).isEqualTo(TEXT);
  }

  @Test
  void fitted_aWordThatIsTooLong_getsALineOfItsOwn() {
    assertThat(new Screen(5, false).fitted("at gs://bucket/key now"))
        .isEqualTo("at\ngs://bucket/key\nnow");
  }
}
