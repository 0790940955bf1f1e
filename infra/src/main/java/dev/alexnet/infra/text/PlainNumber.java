package dev.alexnet.infra.text;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Numbers as programs write them in tables: {@code 7}, {@code 7.0}, {@code 1e3}. */
public final class PlainNumber {
  // A longer exponent could make a number of billions of digits.
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?[0-9]{1,40}(\\.[0-9]*)?([eE][+-]?[0-9]{1,2})?");

  private PlainNumber() {}

  /** Parses a number, whole or not; empty if the text is anything else. */
  public static Optional<BigDecimal> of(String text) {
    return NUMBER.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
  }

  /** Parses an integer, also if it is written {@code 2.0}; empty if the text is anything else. */
  public static OptionalInt whole(String text) {
    try {
      return of(text)
          .map(number -> OptionalInt.of(number.intValueExact()))
          .orElse(OptionalInt.empty());
    } catch (ArithmeticException e) {
      return OptionalInt.empty();
    }
  }
}
