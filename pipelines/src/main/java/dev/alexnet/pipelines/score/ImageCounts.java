package dev.alexnet.pipelines.score;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alexnet.infra.settings.Problems;

/**
 * How many images of a dataset were scored, and how many were not.
 *
 * @param images the number of images in the dataset
 * @param scored how many of them have a label and could be decoded: the denominator of every error
 * @param unlabelled how many have no label, so only predictions
 * @param undecodable how many could not be read or decoded
 * @param rejected how many pictures of the source are not in the dataset
 * @param tied how many scored images have a class that ties with another class
 * @param classes the number of classes
 */
public record ImageCounts(
    @JsonProperty("images") long images,
    @JsonProperty("scored") long scored,
    @JsonProperty("unlabelled") long unlabelled,
    @JsonProperty("undecodable") long undecodable,
    @JsonProperty("rejected") long rejected,
    @JsonProperty("tied") long tied,
    @JsonProperty("classes") int classes) {

  public ImageCounts {
    new Problems("scores")
        .require(
            scored + unlabelled + undecodable == images,
            "%s scored, %s unlabelled and %s undecodable images do not add up to the %s images",
            scored,
            unlabelled,
            undecodable,
            images)
        .throwIfAny();
  }

  static ImageCounts of(Tally tally, long rejected, int classes) {
    return new ImageCounts(
        tally.images(),
        tally.scored(),
        tally.unlabelled(),
        tally.undecodable(),
        rejected,
        tally.tied(),
        classes);
  }

  /**
   * Whether the top-5 error says anything: five guesses among five classes or fewer always have the
   * right one.
   */
  public boolean hasTop5Error() {
    return classes > 5;
  }
}
