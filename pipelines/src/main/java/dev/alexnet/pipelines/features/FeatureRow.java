package dev.alexnet.pipelines.features;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A line of {@code images.jsonl}: the image of one row of the matrix.
 *
 * @param image the image's id
 * @param label the label in the dataset; −1 if it has none
 * @param status {@code written}, or {@code undecodable: } with the reason
 */
record FeatureRow(
    @JsonProperty("image") String image,
    @JsonProperty("label") long label,
    @JsonProperty("status") String status) {
  private static final String WRITTEN = "written";

  static FeatureRow written(String image, long label) {
    return new FeatureRow(image, label, WRITTEN);
  }

  static FeatureRow undecodable(String image, long label, String reason) {
    return new FeatureRow(image, label, "undecodable: " + reason);
  }

  /** Whether the image has features. */
  @JsonIgnore
  boolean isWritten() {
    return status.equals(WRITTEN);
  }
}
