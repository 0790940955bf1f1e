package dev.alexnet.pipelines.score;

import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.storage.Location;
import java.io.Serializable;

/**
 * What to score, and how.
 *
 * @param data the dataset
 * @param model the model's directory
 * @param output the directory for the scores
 * @param views how many views of each image are averaged: 1, the centre, or 10
 * @param batch views at a time
 */
public record ScoreSettings(Location data, Location model, Location output, int views, int batch)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  public ScoreSettings {
    new Problems("score")
        .require(data != null, "data is missing")
        .require(model != null, "model is missing")
        .require(output != null, "output is missing")
        .require(views == 1 || views == 10, "views is %s; it must be 1 or 10", views)
        .require(batch >= 1 && batch <= 4096, "batch is %s; it must be 1 to 4096", batch)
        .throwIfAny();
  }
}
