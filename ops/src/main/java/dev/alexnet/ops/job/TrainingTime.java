package dev.alexnet.ops.job;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a whole training would take on this machine.
 *
 * @param imagesPerSecond measured
 * @param duration empty if the number of its training images is not known yet
 */
public record TrainingTime(double imagesPerSecond, Optional<Duration> duration) {}
