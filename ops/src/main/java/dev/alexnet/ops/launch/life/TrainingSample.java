package dev.alexnet.ops.launch.life;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a training logged last.
 *
 * @param step how many steps are done
 * @param loss of the batches since the sample before
 */
public record TrainingSample(
    @JsonProperty("step") long step,
    @JsonProperty("loss") double loss,
    @JsonProperty("images_per_second") double imagesPerSecond) {}
