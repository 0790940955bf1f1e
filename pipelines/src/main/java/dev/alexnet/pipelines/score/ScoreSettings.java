package dev.alexnet.pipelines.score;

import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.prediction.Ensemble;
import dev.alexnet.model.prediction.InferenceDevices;
import java.io.Serializable;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What to score, and how.
 *
 * @param data the dataset
 * @param models the directories of the models, whose probabilities are averaged
 * @param weights what each model counts, in their order; empty where all count the same
 * @param findWeights whether to find the weights with which these images are scored best
 * @param output the directory for the scores
 * @param devkit the devkit whose ids {@code submission.txt} is written in; null to write none
 * @param views how many views of each image are averaged: 1, the centre, or 10
 * @param batch views at a time
 * @param devices where the models run
 * @param top within how many guesses errors are counted too, besides 1 to 5
 * @param maxRejected with more records than this that cannot be decoded, the run ends as failed
 *     after all else is written
 * @param joinUpTo up to so many records the rows are joined into one file; of more, they stay in a
 *     file for each shard
 */
public record ScoreSettings(
    Location data,
    List<Location> models,
    List<Double> weights,
    boolean findWeights,
    Location output,
    Location devkit,
    int views,
    int batch,
    InferenceDevices devices,
    List<Integer> top,
    long maxRejected,
    long joinUpTo)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** More than the largest test set that ILSVRC had, and less than its training sets. */
  public static final long JOIN_UP_TO = 200_000;

  public ScoreSettings {
    new Problems("score")
        .require(data != null, "data is missing")
        .require(models != null && !models.isEmpty(), "model is missing")
        .require(output != null, "output is missing")
        .require(views == 1 || views == 10, "views is %s; it must be 1 or 10", views)
        .require(batch >= 1 && batch <= 4096, "batch is %s; it must be 1 to 4096", batch)
        .require(top.stream().allMatch(k -> k >= 1), "top is %s; each must be at least 1", top)
        .require(maxRejected >= 0, "max-rejected is %s; it must be at least 0", maxRejected)
        .require(joinUpTo >= 0, "join-up-to is %s; it must be at least 0", joinUpTo)
        .require(
            !findWeights || weights.isEmpty(),
            "weights are given and are to be found; give --weights or --find-weights")
        .require(
            !findWeights || models == null || models.size() > 1,
            "find-weights needs several models; there is one")
        .throwIfAny();
    models = List.copyOf(models);
    weights = List.copyOf(weights);
    top = List.copyOf(top);
    Ensemble.members(models, weights);
  }

  /** With the devices that there are, one file of rows of a usual set, and no search. */
  public ScoreSettings(
      Location data,
      List<Location> models,
      List<Double> weights,
      Location output,
      Location devkit,
      int views,
      int batch,
      long maxRejected) {
    this(
        data,
        models,
        weights,
        false,
        output,
        devkit,
        views,
        batch,
        InferenceDevices.AUTOMATIC,
        List.of(),
        maxRejected,
        JOIN_UP_TO);
  }

  List<Ensemble.Member> members() {
    return Ensemble.members(models, weights);
  }

  /** Within how many guesses errors are counted, in order. */
  SortedSet<Integer> guesses() {
    TreeSet<Integer> guesses = new TreeSet<>(top);
    for (int k = 1; k <= Tally.GUESSES; k++) {
      guesses.add(k);
    }
    return guesses;
  }
}
