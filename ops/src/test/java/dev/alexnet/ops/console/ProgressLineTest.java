package dev.alexnet.ops.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private final StringWriter shown = new StringWriter();
  private final AtomicLong time = new AtomicLong();
  private final AtomicInteger width = new AtomicInteger();

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
        .contains(ProgressLine.CLEAR + "convert: Waiting for another run" + System.lineSeparator());
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
            shownLine("a: 0 of 2 images (0.0 %)")
                + shownLine("a: 1 of 2 images (50.0 %), 2.0 images/s, 1 s left").repeat(2)
                + "\n");
  }

  @Test
  void report_terminalNarrow_clipsBeforeTheEdge() {
    try (ProgressLine progress = console(true, 10).progress("convert")) {
      progress.report(0, 2, "images", "");
    }

    assertThat(shown).hasToString(shownLine("convert: ").repeat(2) + "\n");
  }

  @Test
  void report_windowShrinks_showsTheMostImportantThatFits() {
    try (ProgressLine progress = console(true, 120).progress("[5/8] train")) {
      progress.report(0, 940, "steps", "");
      for (int columns : new int[] {120, 80, 60, 40}) {
        width.set(columns);
        after(Duration.ofSeconds(5));
        progress.report(146, 940, "steps", "loss 2.043  top-1 error 79.7 %  1016 images/s");
      }
    }

    assertThat(shown.toString().split("\r\u001b\\[\\?7l|\u001b\\[J[^\r]*\r"))
        .contains(
            "[5/8] train: 146 of 940 steps (15.5 %), 29 steps/s, 27 s left, loss 2.043, top-1 error"
                + " 79.7 %, 1016 images/s",
            "[5/8] train: 146 of 940 steps (15.5 %), 54 s left, loss 2.043",
            "[5/8] train: 146 of 940 steps (15.5 %), 1 min 22 s left",
            "[5/8] train: 146 of 940 steps (15.5 %)");
  }

  @Test
  void report_plainAndSlow_showsALineForATenthOrAMinute() {
    try (ProgressLine progress = console(false, 80).progress("convert")) {
      progress.report(0, 1000, "images", "");
      for (int done = 10; done <= 150; done += 10) {
        after(Duration.ofSeconds(6));
        progress.report(done, 1000, "images", "");
      }
      after(Duration.ofMinutes(2));
      progress.report(150, 1000, "images", "");
    }

    assertThat(shown)
        .hasToString(
            """
            convert: 0 of 1,000 images (0.0 %)
            convert: 100 of 1,000 images (10.0 %), 1.7 images/s, 9 min 00 s left
            convert: 150 of 1,000 images (15.0 %), 0.7 images/s, 19 min 50 s left
            """);
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
            shownLine("a: 0 of 2 images (0.0 %)")
                + "\r\u001b[JTowers on cpu:0\n"
                + shownLine("a: 2 of 2 images (100.0 %), 4.0 images/s").repeat(2)
                + "\n");
  }

  private Console console(boolean terminal, int columns) {
    width.set(columns);
    PrintWriter err = new PrintWriter(shown, true);
    return new Console(new PrintWriter(new StringWriter()), err, terminal, width::get, time::get);
  }

  /** A line that cannot wrap, with the cursor at its start before and after. */
  private static String shownLine(String text) {
    return "\r\u001b[?7l" + text + "\u001b[J\u001b[?7h\r";
  }

  private void after(Duration duration) {
    time.addAndGet(duration.toNanos());
  }
}
