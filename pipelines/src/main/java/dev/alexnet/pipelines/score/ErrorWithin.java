package dev.alexnet.pipelines.score;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alexnet.pipelines.score.statistics.Interval;

/**
 * The share of images whose class is not among the most probable ones.
 *
 * @param guesses how many of the most probable classes count, 1 to 5
 * @param error 0 to 1; null if no image was scored
 * @param interval its 95 % confidence interval; null if no image was scored
 */
public record ErrorWithin(
    @JsonProperty("guesses") int guesses,
    @JsonProperty("error") Double error,
    @JsonProperty("interval") Interval interval) {}
