package dev.alexnet.ops.paper;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.RecordedPlace;
import dev.alexnet.model.prediction.ModelDescription;
import dev.alexnet.model.prediction.ModelInspection;
import dev.alexnet.model.prediction.Predictor;
import dev.alexnet.pipelines.score.ScoredModel;
import java.util.Map;
import java.util.Optional;

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
   * The settings of a model's training, by name.
   *
   * @return empty if the model is no longer where it was scored
   */
  public Optional<Map<String, String>> settings(ScoredModel model) {
    return RecordedPlace.candidates(model.directory(), scores).stream()
        .filter(place -> ModelInspection.isAt(store, place))
        .map(place -> Predictor.describe(store, place))
        .filter(there -> there.savedModelHash().equals(model.hash()))
        .findFirst()
        .map(ModelDescription::settings);
  }
}
