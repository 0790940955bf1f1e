package dev.alexnet.ops.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private final StringWriter shown = new StringWriter();
  private final AtomicLong time = new AtomicLong();

  @Test
  void report_plain_showsFirstAndThenOneLineInFiveSeconds() {
    try (ProgressLine progress = console(false, 80).progress("convert")) {
      progress.report(0, 5000, "images", "");
      after(Duration.ofSeconds(4));
      progress.report(400, 5000, "images", "");
      after(Duration.ofSeconds(1));
      progress.report(1000, 5000, "images", "");
    }

    assertThat(shown)
        .hasToString(
            """
            convert: 0 of 5,000 images (0.0 %)
            convert: 1,000 of 5,000 images (20.0 %), 200 images/s, 20 s left
            """);
  }

  @Test
  void close_lastStateNotShown_showsIt() {
    try (ProgressLine progress = console(false, 80).progress("train")) {
      progress.report(0, 10, "steps", "loss 6.91");
      after(Duration.ofSeconds(2));
      progress.report(10, 10, "steps", "loss 2.31");
    }

    assertThat(shown)
        .hasToString(
            """
            train: 0 of 10 steps (0.0 %), loss 6.91
            train: 10 of 10 steps (100.0 %), 5.0 steps/s, loss 2.31
            """);
  }

  @Test
  void note_onATerminal_hasItsOwnLine() {
    try (ProgressLine progress = console(true, 80).progress("convert")) {
      progress.report(0, 10, "images", "");
      progress.note("Waiting for another run");
    }

    assertThat(shown.toString())
        .contains(
            ProgressLine.CLEAR_LINE + "convert: Waiting for another run" + System.lineSeparator());
  }

  @Test
  void close_nothingReported_showsNothing() {
    console(true, 80).progress("convert").close();

    assertThat(shown).hasToString("");
  }

  @Test
  void report_resumedWork_takesRateFromWhatThisRunDid() {
    try (ProgressLine progress = console(false, 80).progress("convert")) {
      progress.report(900, 1000, "images", "");
      after(Duration.ofSeconds(10));
      progress.report(950, 1000, "images", "");
    }

    assertThat(shown.toString())
        .endsWith("convert: 950 of 1,000 images (95.0 %), 5.0 images/s, 10 s left\n");
  }

  @Test
  void report_totalUnknown_showsNeitherPercentNorTimeLeft() {
    try (ProgressLine progress = console(false, 80).progress("index")) {
      progress.report(0, 0, "files", "");
      after(Duration.ofSeconds(5));
      progress.report(50, 0, "files", "");
    }

    assertThat(shown)
        .hasToString(
            """
            index: 0 files
            index: 50 files, 10 files/s
            """);
  }

  @Test
  void report_nextPhaseInAnotherUnit_countsFromTheStart() {
    try (ProgressLine progress = console(false, 80).progress("score")) {
      progress.report(0, 100, "shards", "");
      after(Duration.ofSeconds(10));
      progress.report(40, 100, "images", "");
    }

    assertThat(shown.toString()).endsWith("score: 40 of 100 images (40.0 %)\n");
  }

  @Test
  void report_terminal_rewritesOneLine() {
    try (ProgressLine progress = console(true, 80).progress("a")) {
      progress.report(0, 2, "images", "");
      after(Duration.ofMillis(500));
      progress.report(1, 2, "images", "");
    }

    assertThat(shown)
        .hasToString(
            "\r\u001b[Ka: 0 of 2 images (0.0 %)"
                + "\r\u001b[Ka: 1 of 2 images (50.0 %), 2.0 images/s, 1 s left\n");
  }

  @Test
  void report_terminalNarrow_clipsBeforeTheEdge() {
    try (ProgressLine progress = console(true, 10).progress("convert")) {
      progress.report(0, 2, "images", "");
    }

    assertThat(shown).hasToString("\r\u001b[Kconvert: \n");
  }

  @Test
  void note_whileProgressIsShown_isOnItsOwnLine() {
    Console console = console(true, 80);
    try (ProgressLine progress = console.progress("a")) {
      progress.report(0, 2, "images", "");
      console.note("Towers on cpu:0");
      after(Duration.ofMillis(500));
      progress.report(2, 2, "images", "");
    }

    assertThat(shown)
        .hasToString(
            "\r\u001b[Ka: 0 of 2 images (0.0 %)"
                + "\r\u001b[KTowers on cpu:0\n"
                + "\r\u001b[Ka: 2 of 2 images (100.0 %), 4.0 images/s\n");
  }

  private Console console(boolean terminal, int width) {
    PrintWriter err = new PrintWriter(shown, true);
    return new Console(new PrintWriter(new StringWriter()), err, terminal, width, time::get);
  }

  private void after(Duration duration) {
    time.addAndGet(duration.toNanos());
  }
}
