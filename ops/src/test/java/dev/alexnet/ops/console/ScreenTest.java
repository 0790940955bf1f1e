package dev.alexnet.ops.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
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

  @Test
  void note_onATerminal_isBrokenAtBlanksAndInAPipeIsNot() {
    assertThat(noted(true))
        .isEqualTo(ProgressLine.CLEAR + "Epoch 1 of 10: loss\n2.305, top-1 error\n88.9 %\n");
    assertThat(noted(false)).isEqualTo("Epoch 1 of 10: loss 2.305, top-1 error 88.9 %\n");
  }

  private static String noted(boolean terminal) {
    StringWriter shown = new StringWriter();
    PrintWriter err = new PrintWriter(shown, true);
    new Console(new PrintWriter(new StringWriter()), err, terminal, () -> 20, System::nanoTime)
        .note("Epoch 1 of 10: loss 2.305, top-1 error 88.9 %");
    return shown.toString();
  }
}
