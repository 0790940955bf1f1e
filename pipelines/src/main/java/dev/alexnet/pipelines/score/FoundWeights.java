package dev.alexnet.pipelines.score;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What each model should count, by the images that were scored; for {@code --weights} on others.
 *
 * @param weights of each model, 0 to 1 in steps of 0.05
 * @param top1Error of the images that they were found on, and so a little too good; 0 to 1
 * @param top5Error the same within five guesses
 */
public record FoundWeights(
    @JsonProperty("weights") List<Double> weights,
    @JsonProperty("top1_error") double top1Error,
    @JsonProperty("top5_error") double top5Error) {
  public FoundWeights {
    weights = List.copyOf(weights);
  }
}
