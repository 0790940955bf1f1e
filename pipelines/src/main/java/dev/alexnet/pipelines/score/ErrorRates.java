package dev.alexnet.pipelines.score;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alexnet.pipelines.score.statistics.Interval;
import java.util.List;

/**
 * The shares of scored images that are wrong.
 *
 * @param top1Error the share of scored images whose class is not the most probable one, 0 to 1;
 *     null if none was scored
 * @param top5Error the share whose class is not among the five most probable ones, 0 to 1; null if
 *     none was scored
 * @param top1Interval the 95 % confidence interval of the first; null if none was scored
 * @param top5Interval the 95 % confidence interval of the second; null if none was scored
 * @param errors the errors within 1 to 5 guesses and within further requested numbers of guesses,
 *     in ascending order
 * @param subset the errors among the dataset's classes; null if they are all of the model's
 */
public record ErrorRates(
    @JsonProperty("top1_error") Double top1Error,
    @JsonProperty("top5_error") Double top5Error,
    @JsonProperty("top1_interval") Interval top1Interval,
    @JsonProperty("top5_interval") Interval top5Interval,
    @JsonProperty("errors") List<ErrorWithin> errors,
    @JsonProperty("subset") @JsonInclude(JsonInclude.Include.NON_NULL) SubsetErrors subset) {

  public ErrorRates {
    errors = List.copyOf(errors);
  }

  /**
   * @param subset null if the dataset has all classes of the model
   */
  static ErrorRates of(Tally tally, SubsetErrors subset) {
    ErrorWithin top1 = tally.errorWithin(1);
    ErrorWithin top5 = tally.errorWithin(Tally.GUESSES);
    return new ErrorRates(
        top1.error(), top5.error(), top1.interval(), top5.interval(), tally.errors(), subset);
  }
}
