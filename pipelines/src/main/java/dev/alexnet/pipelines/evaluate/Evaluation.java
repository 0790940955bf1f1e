package dev.alexnet.pipelines.evaluate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alexnet.pipelines.score.ErrorWithin;
import java.util.List;

/**
 * How wrong a submission is, as ILSVRC counts.
 *
 * @param images how many pictures: the denominator of every error
 * @param withoutGuess how many of them have no guess; each is wrong
 * @param flat the share of pictures whose class is not among the first 1 to 5 guesses
 * @param hierarchical the mean over the pictures of what the best of the first 1 to 5 guesses
 *     costs; a picture without a guess costs the most that any does. Null without a devkit that
 *     says what guesses cost
 */
public record Evaluation(
    @JsonProperty("images") long images,
    @JsonProperty("without_guess") long withoutGuess,
    @JsonProperty("flat") List<ErrorWithin> flat,
    @JsonProperty("hierarchical") @JsonInclude(JsonInclude.Include.NON_NULL)
        List<CostWithin> hierarchical) {
  /**
   * What guesses cost on average.
   *
   * @param guesses how many count, 1 to 5
   * @param cost 0 where every picture is right; the height in WordNet of what guess and class have
   *     in common
   */
  public record CostWithin(
      @JsonProperty("guesses") int guesses, @JsonProperty("cost") double cost) {}
}
