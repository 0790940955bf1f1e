package dev.alexnet.ops.prediction;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alexnet.model.arithmetic.ArithmeticSummary;
import java.util.List;

/**
 * What models predict for pictures.
 *
 * @param arithmetic the result of the check of the devices' arithmetic
 * @param pictures one for each file, in their order
 */
public record Predictions(
    @JsonProperty("arithmetic") ArithmeticSummary arithmetic,
    @JsonProperty("pictures") List<PicturePrediction> pictures) {
  public Predictions {
    pictures = List.copyOf(pictures);
  }

  /** How many files could not be read as pictures. */
  public long unreadable() {
    return pictures.stream().filter(picture -> picture.problem() != null).count();
  }
}
