package dev.alexnet.pipelines.score;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How the models were run.
 *
 * @param views how many crops of each image were averaged: 1, the centre, or 10, corners and centre
 *     and their mirror images
 * @param batch how many views were computed at once
 * @param devices the setting that says where the models run
 */
public record InferenceMode(
    @JsonProperty("views") int views,
    @JsonProperty("batch") int batch,
    @JsonProperty("devices") String devices) {
  /** The options that ask for it. */
  String asOptions() {
    return "--views %d --batch %d --devices %s".formatted(views, batch, devices);
  }
}
