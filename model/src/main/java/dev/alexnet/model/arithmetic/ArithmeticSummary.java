package dev.alexnet.model.arithmetic;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * A summary of what a check found.
 *
 * @param operations how many were compared with float64
 * @param seconds that it took
 * @param replaced a sentence for each that is computed in another form than the usual one
 */
public record ArithmeticSummary(
    @JsonProperty("operations") int operations,
    @JsonProperty("seconds") double seconds,
    @JsonProperty("replaced") List<String> replaced) {
  public ArithmeticSummary {
    replaced = List.copyOf(replaced);
  }

  public static ArithmeticSummary of(CheckedArithmetic checked) {
    return new ArithmeticSummary(
        checked.operations().size(), checked.seconds(), checked.replacements());
  }
}
