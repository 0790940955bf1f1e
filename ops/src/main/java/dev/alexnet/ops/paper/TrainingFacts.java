package dev.alexnet.ops.paper;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.RecordedPlace;
import dev.alexnet.model.prediction.ModelInspection;
import dev.alexnet.model.prediction.Predictor;
import dev.alexnet.model.training.Trainer;
import dev.alexnet.pipelines.score.ScoredModel;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds how the models that were scored had been trained. */
public final class TrainingFacts {
  private final ObjectStore store;
  private final Location scores;

  /**
   * @param scores the directory of the scores, near which the models may be
   */
  public TrainingFacts(ObjectStore store, Location scores) {
    this.store = requireNonNull(store, "store is null");
    this.scores = requireNonNull(scores, "scores is null");
  }

  /**
   * Where a model is now, or another one in its place.
   *
   * @return empty if there is none where it was scored
   */
  public Optional<Location> place(ScoredModel model) {
    return places(model).findFirst();
  }

  private Stream<Location> places(ScoredModel model) {
    return RecordedPlace.candidates(model.directory(), scores).stream()
        .filter(place -> ModelInspection.isAt(store, place));
  }

  private Optional<Location> ownPlace(ScoredModel model) {
    return places(model)
        .filter(place -> Predictor.describe(store, place).savedModelHash().equals(model.hash()))
        .findFirst();
  }

  /**
   * The settings of a model's training, by name.
   *
   * @return empty if the model is no longer where it was scored
   */
  public Optional<Map<String, String>> settings(ScoredModel model) {
    return ownPlace(model).map(place -> Predictor.describe(store, place).settings());
  }

  /**
   * How many steps a model's training took to an error on its training set.
   *
   * @param name what tables call the training
   * @param most the error, 0 to 1
   * @return empty if the model or the log of its training is not where it was scored, or the
   *     training has not finished an epoch
   * @throws dev.alexnet.infra.failure.Failure of kind BAD_DATA if the log is damaged
   */
  public Optional<StepsToError> stepsTo(String name, ScoredModel model, double most) {
    return ownPlace(model)
        .filter(place -> place.name().equals(Trainer.MODEL))
        .map(Location::parent)
        .filter(workdir -> store.exists(workdir.resolve(Trainer.METRICS)))
        .map(workdir -> StepsToError.of(name, TrainingCurves.read(store, workdir), most));
  }
}
