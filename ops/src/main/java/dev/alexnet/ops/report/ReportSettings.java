package dev.alexnet.ops.report;

import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.storage.Location;

/**
 * What to report, and where.
 *
 * @param scores the directory of the scores
 * @param training the work directory of the training that made the model; null for none, and then
 *     there are no learning curves
 * @param similar the directory of neighbours that were found with the model; null to show none
 * @param data the dataset that was scored; null for the place that the scores name
 * @param output the directory for the page and its pictures
 */
public record ReportSettings(
    Location scores, Location training, Location similar, Location data, Location output) {
  public ReportSettings {
    new Problems("report")
        .require(scores != null, "scores is missing")
        .require(output != null, "output is missing")
        .require(
            output == null || !output.equals(scores),
            "output is %s, where the scores are; a report has a directory of its own",
            output)
        .throwIfAny();
  }
}
