package dev.alexnet.pipelines.evaluate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alexnet.pipelines.score.ErrorWithin;
import java.util.List;

/**
 * The errors of a submission, as ILSVRC counts them.
 *
 * @param images the number of pictures, which is the denominator of every error
 * @param withoutGuess how many of them have no guess; each counts as wrong
 * @param flat the share of pictures whose class is not among the first 1 to 5 guesses
 * @param hierarchical the mean cost of the best of the first 1 to 5 guesses; a picture without a
 *     guess costs the maximum. Null without a devkit that has the costs
 */
public record Evaluation(
    @JsonProperty("images") long images,
    @JsonProperty("without_guess") long withoutGuess,
    @JsonProperty("flat") List<ErrorWithin> flat,
    @JsonProperty("hierarchical") @JsonInclude(JsonInclude.Include.NON_NULL)
        List<CostWithin> hierarchical) {
  /**
   * The mean cost of guesses.
   *
   * @param guesses how many guesses count, 1 to 5
   * @param cost the mean height in WordNet of the lowest common ancestor of guess and class; 0 if
   *     every picture is right
   */
  public record CostWithin(
      @JsonProperty("guesses") int guesses, @JsonProperty("cost") double cost) {}
}
