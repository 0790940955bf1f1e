package dev.alexnet.pipelines.score.statistics;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * The best weight of each model on the images that were scored, for {@code --weights} on other
 * images.
 *
 * @param weights one per model, 0 to 1 in steps of 0.05
 * @param top1Error the error on the images that the weights were found on, which is a little too
 *     optimistic; 0 to 1
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
