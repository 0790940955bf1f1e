package dev.alexnet.pipelines.evaluate;

import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.storage.Location;

/**
 * What to evaluate.
 *
 * @param submission up to five ids a line
 * @param truth the right id of each picture, a line each
 * @param devkit its archive, folder or {@code meta.mat}; null where ids are not checked against it
 *     and there is no hierarchical error
 */
public record EvaluateSettings(Location submission, Location truth, Location devkit) {
  public EvaluateSettings {
    new Problems("evaluate")
        .require(submission != null, "submission is missing")
        .require(truth != null, "truth is missing")
        .throwIfAny();
  }
}
