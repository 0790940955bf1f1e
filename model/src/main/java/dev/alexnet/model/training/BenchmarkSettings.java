package dev.alexnet.model.training;

import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.settings.Suggestion;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.Precision;
import dev.alexnet.model.network.Presets;

/**
 * What to measure training steps of.
 *
 * @param preset the network's name
 * @param without parts of the network to leave out, separated by commas; empty for none
 * @param classes units of the last layer; a dataset has its own
 * @param batch images a step
 * @param precision {@code fp32} or {@code bf16}
 * @param devices {@code auto}, or the towers' devices such as {@code gpu:0,gpu:1}
 * @param steps how many are measured, after one that plans and allocates
 * @param data the dataset that is read and trained on; null for a batch that is drawn once
 */
public record BenchmarkSettings(
    String preset,
    String without,
    int classes,
    int batch,
    String precision,
    String devices,
    int steps,
    Location data) {

  public BenchmarkSettings {
    new Problems("benchmark")
        .require(classes >= 1, "classes is %s; it must be at least 1", classes)
        .require(batch >= 1, "batch is %s; it must be at least 1", batch)
        .require(
            Precision.NAMES.contains(precision),
            "precision is '%s'%s",
            precision,
            Suggestion.forWord(precision, Precision.NAMES))
        .require(steps >= 1, "steps is %s; it must be at least 1", steps)
        .throwIfAny();
  }

  AlexNetSpec network() {
    return Presets.named(preset, without);
  }
}
