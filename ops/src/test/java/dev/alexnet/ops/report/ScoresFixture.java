package dev.alexnet.ops.report;

import dev.alexnet.model.dataset.Shard;
import dev.alexnet.pipelines.score.ErrorRates;
import dev.alexnet.pipelines.score.ErrorWithin;
import dev.alexnet.pipelines.score.ImageCounts;
import dev.alexnet.pipelines.score.InferenceMode;
import dev.alexnet.pipelines.score.ScoredInputs;
import dev.alexnet.pipelines.score.ScoredModel;
import dev.alexnet.pipelines.score.Scores;
import dev.alexnet.pipelines.score.statistics.Interval;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Made-up scores. */
public final class ScoresFixture {
  private ScoresFixture() {}

  public static Scores of(
      long images, long scored, long unlabelled, long undecodable, int classes) {
    return of(images, scored, unlabelled, undecodable, classes, 1, 1, 0.25);
  }

  /** Of whole sets; the top-5 error is half the top-1 error. */
  public static Scores whole(long images, int classes, int views, int models, double error) {
    return of(images, images, 0, 0, classes, views, models, error);
  }

  /** Of rows that are right with the first or the second guess. */
  public static Scores ofRows(long images, int classes, double error) {
    Scores one = whole(images, classes, 1, 1, error);
    Interval none = Interval.of(0, images);
    List<ErrorWithin> errors = new ArrayList<>();
    errors.add(new ErrorWithin(1, error, Interval.of(error, images)));
    for (int guesses = 2; guesses <= 5; guesses++) {
      errors.add(new ErrorWithin(guesses, 0.0, none));
    }
    return new Scores(
        one.schemaVersion(),
        one.counts(),
        new ErrorRates(error, 0.0, Interval.of(error, images), none, errors, null),
        one.mode(),
        one.inputs(),
        one.foundWeights(),
        one.predictions(),
        one.probabilities(),
        one.replacedOperations(),
        one.warnings());
  }

  /** Of the whole ILSVRC-2012 validation set with ten views. */
  public static Scores of(double error, List<String> presets) {
    Scores one = whole(50_000, 1000, 10, 1, error);
    List<ScoredModel> models =
        presets.stream()
            .map(
                preset -> new ScoredModel("model", "hash", 1.0 / presets.size(), preset, 3, "data"))
            .toList();
    return new Scores(
        one.schemaVersion(),
        one.counts(),
        one.rates(),
        one.mode(),
        new ScoredInputs("dataset", "data hash", "model", "hash", models, null),
        one.foundWeights(),
        one.predictions(),
        one.probabilities(),
        one.replacedOperations(),
        one.warnings());
  }

  private static Scores of(
      long images,
      long scored,
      long unlabelled,
      long undecodable,
      int classes,
      int views,
      int models,
      double error) {
    ScoredModel model = new ScoredModel("model", "hash", 1.0 / models, "published", 3, "data");
    return new Scores(
        Scores.SCHEMA_VERSION,
        new ImageCounts(images, scored, unlabelled, undecodable, 0, 0, classes),
        new ErrorRates(
            scored == 0 ? null : error,
            scored == 0 ? null : error / 2,
            scored == 0 ? null : Interval.of(error, scored),
            scored == 0 ? null : Interval.of(error / 2, scored),
            List.of(),
            null),
        new InferenceMode(views, 128, "auto"),
        new ScoredInputs(
            "dataset", "data hash", "model", "hash", Collections.nCopies(models, model), null),
        null,
        List.of(new Shard(Scores.PREDICTIONS, images, 0, 0)),
        List.of(),
        List.of(),
        List.of());
  }
}
