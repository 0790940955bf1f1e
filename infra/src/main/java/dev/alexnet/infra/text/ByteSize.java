package dev.alexnet.infra.text;

import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes, written as {@code 50G}, {@code 500M} or {@code 1024}: K, M, G and T are powers
 * of 1024.
 *
 * @param bytes at least 0
 */
public record ByteSize(long bytes) implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,18})([KMGT]?)");
  private static final String UNITS = "KMGT";
  private static final long STEP = 1024;

  /** Below this many of a unit, its rounding would be coarse. */
  private static final long FEW = 10;

  public ByteSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("bytes is " + bytes + "; it must be at least 0");
    }
  }

  /**
   * Reads a size; the unit may be in lower case.
   *
   * @throws IllegalArgumentException that says what was expected
   */
  public static ByteSize parse(String text) {
    Matcher size = WRITTEN.matcher(text.strip().toUpperCase(Locale.ROOT));
    if (!size.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a size; write a whole number and K, M, G or T, such as 50G");
    }
    int power = size.group(2).isEmpty() ? 0 : UNITS.indexOf(size.group(2)) + 1;
    try {
      return new ByteSize(Math.multiplyExact(Long.parseLong(size.group(1)), unit(power)));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("'" + text + "' is too large", e);
    }
  }

  /** This size or slightly more, as few digits; for a size that is needed. */
  public ByteSize roundedUp() {
    long unit = coarseUnit();
    return new ByteSize((bytes + unit - 1) / unit * unit);
  }

  /** This size or slightly less, as few digits; for a size that is available. */
  public ByteSize roundedDown() {
    long unit = coarseUnit();
    return new ByteSize(bytes / unit * unit);
  }

  private long coarseUnit() {
    int power = 0;
    while (power < UNITS.length() && bytes / unit(power + 1) >= FEW) {
      power++;
    }
    return unit(power);
  }

  private static long unit(int power) {
    return 1L << (10 * power);
  }

  /** Exact, in the largest unit. */
  @Override
  public String toString() {
    long count = bytes;
    int power = 0;
    while (power < UNITS.length() && count > 0 && count % STEP == 0) {
      count /= STEP;
      power++;
    }
    return power == 0 ? Long.toString(count) : count + UNITS.substring(power - 1, power);
  }
}
