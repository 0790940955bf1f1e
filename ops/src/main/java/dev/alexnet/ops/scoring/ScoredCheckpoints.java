package dev.alexnet.ops.scoring;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.training.checkpoint.CheckpointInspection;
import dev.alexnet.model.training.export.CheckpointExport;
import dev.alexnet.pipelines.output.ResultOutput;
import dev.alexnet.pipelines.score.ScoreSettings;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/** Exports the checkpoints among the models that are to be scored, because workers load models. */
public final class ScoredCheckpoints {
  /** The directory of exported models within that of the scores. */
  private static final String MODELS = "models";

  private final ObjectStore store;
  private final CheckpointExport export;

  @Inject
  public ScoredCheckpoints(ObjectStore store, CheckpointExport export) {
    this.store = requireNonNull(store, "store is null");
    this.export = requireNonNull(export, "export is null");
  }

  /**
   * @return the settings with a model in place of each checkpoint
   * @throws Failure of kind USAGE if the dataset that a checkpoint was trained on is not given, or
   *     is given without a checkpoint, and as {@link CheckpointExport} does
   */
  public ScoreSettings exported(ScoreSettings settings) {
    List<Location> models = new ArrayList<>();
    boolean some = false;
    for (Location model : settings.models()) {
      boolean checkpoint = CheckpointInspection.isAt(store, model);
      some |= checkpoint;
      models.add(checkpoint ? exported(model, models.size() + 1, settings) : model);
    }
    if (!some && settings.trainedOn() != null) {
      throw new Failure(
          Failure.Kind.USAGE,
          "--trained-on %s is about a --model that is a checkpoint, and none is; a model knows its classes and its mean, so leave it out"
              .formatted(settings.trainedOn()));
    }
    return some ? settings.withModels(models) : settings;
  }

  private Location exported(Location checkpoint, int number, ScoreSettings settings) {
    if (settings.trainedOn() == null) {
      throw new Failure(
          Failure.Kind.USAGE,
          "%s is a checkpoint, which has neither the classes nor the mean of its training set; give the dataset that it was trained on with --trained-on"
              .formatted(checkpoint));
    }
    ResultOutput.refuseDatasetOrModel(store, settings.output());
    Location model = settings.output().resolve(MODELS).resolve(number + "-" + checkpoint.name());
    export.export(checkpoint, settings.trainedOn(), model);
    return model;
  }
}
