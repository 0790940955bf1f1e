package dev.alexnet.pipelines.score;

import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.prediction.Ensemble;
import java.io.Serializable;
import java.util.List;

/**
 * What to score, and how.
 *
 * @param data the dataset
 * @param models the directories of the models, whose probabilities are averaged
 * @param weights what each model counts, in their order; empty where all count the same
 * @param output the directory for the scores
 * @param devkit the devkit whose ids {@code submission.txt} is written in; null to write none
 * @param views how many views of each image are averaged: 1, the centre, or 10
 * @param batch views at a time
 * @param maxRejected with more records than this that cannot be decoded, the run ends as failed
 *     after all else is written
 */
public record ScoreSettings(
    Location data,
    List<Location> models,
    List<Double> weights,
    Location output,
    Location devkit,
    int views,
    int batch,
    long maxRejected)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  public ScoreSettings {
    new Problems("score")
        .require(data != null, "data is missing")
        .require(models != null && !models.isEmpty(), "model is missing")
        .require(output != null, "output is missing")
        .require(views == 1 || views == 10, "views is %s; it must be 1 or 10", views)
        .require(batch >= 1 && batch <= 4096, "batch is %s; it must be 1 to 4096", batch)
        .require(maxRejected >= 0, "max-rejected is %s; it must be at least 0", maxRejected)
        .throwIfAny();
    models = List.copyOf(models);
    weights = List.copyOf(weights);
    Ensemble.members(models, weights);
  }

  List<Ensemble.Member> members() {
    return Ensemble.members(models, weights);
  }
}
