package dev.alexnet.pipelines.score;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * The errors of a model that could only guess the classes of the dataset, which has some of the
 * model's classes: how ImageNet-A and ImageNet-R, of 200 classes, are scored.
 *
 * @param classes how many classes the dataset has
 * @param errors the errors within 1 to 5 guesses and within further requested numbers of guesses;
 *     without numbers above 5 of which there are not as many classes
 */
public record SubsetErrors(
    @JsonProperty("classes") int classes, @JsonProperty("errors") List<ErrorWithin> errors) {
  public SubsetErrors {
    errors = List.copyOf(errors);
  }

  static SubsetErrors of(Tally tally, int classes) {
    return new SubsetErrors(
        classes,
        tally.errorsAmongSubset().stream()
            .filter(error -> error.guesses() <= Math.max(Tally.GUESSES, classes))
            .toList());
  }

  /** The error within a number of guesses, 1 to 5. */
  public ErrorWithin within(int guesses) {
    return errors.stream().filter(error -> error.guesses() == guesses).findFirst().orElseThrow();
  }

  /** Whether the top-5 error says anything, as {@link ImageCounts#hasTop5Error} of all classes. */
  public boolean hasTop5Error() {
    return classes > Tally.GUESSES;
  }
}
