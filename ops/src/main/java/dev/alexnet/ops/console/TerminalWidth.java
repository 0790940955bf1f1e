package dev.alexnet.ops.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * The width of the terminal in columns. Java has no way to ask for it, so this asks {@code stty},
 * at most once in two seconds and without waiting for the answer: a changed window is noticed a
 * little later. The launcher has made the terminal the standard input of this process.
 */
final class TerminalWidth implements IntSupplier {
  private static final long PACE = Duration.ofSeconds(2).toNanos();
  private static final int LONGEST_ANSWER = 20;

  private final LongSupplier nanoTime;
  private int width;
  private long askedAt;
  private Process asked;

  /**
   * @param width at the start
   */
  TerminalWidth(int width, LongSupplier nanoTime) {
    this.width = width;
    this.nanoTime = nanoTime;
    this.askedAt = nanoTime.getAsLong();
  }

  @Override
  public synchronized int getAsInt() {
    try {
      if (asked != null && !asked.isAlive()) {
        byte[] answer = asked.getInputStream().readNBytes(LONGEST_ANSWER);
        width = columns(new String(answer, StandardCharsets.US_ASCII), width);
        asked.destroy();
        asked = null;
      }
      long now = nanoTime.getAsLong();
      if (asked == null && now - askedAt >= PACE) {
        askedAt = now;
        asked =
            new ProcessBuilder("stty", "size")
                .redirectInput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
      }
    } catch (IOException e) {
      // Without stty, the width at the start must do.
      asked = null;
    }
    return width;
  }

  /**
   * @param answer of {@code stty size}: rows and columns
   * @param otherwise the width if there is no sensible one in the answer
   */
  static int columns(String answer, int otherwise) {
    String[] numbers = answer.strip().split(" ", -1);
    boolean sensible = numbers.length == 2 && numbers[1].matches("[1-9]\\d{0,3}");
    return sensible ? Integer.parseInt(numbers[1]) : otherwise;
  }
}
