package dev.alexnet.ops.paper;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.prediction.ModelDescription;
import dev.alexnet.model.prediction.ModelInspection;
import dev.alexnet.model.prediction.Predictor;
import dev.alexnet.pipelines.score.ScoredModel;
import java.util.Map;
import java.util.Optional;

/** Finds how the models that were scored had been trained. */
public final class TrainingFacts {
  private final ObjectStore store;

  public TrainingFacts(ObjectStore store) {
    this.store = requireNonNull(store, "store is null");
  }

  /**
   * The settings of a model's training, by name.
   *
   * @return empty if the model is no longer where it was scored
   */
  public Optional<Map<String, String>> settings(ScoredModel model) {
    Location place = new Location(model.directory());
    if (!ModelInspection.isAt(store, place)) {
      return Optional.empty();
    }
    ModelDescription there = Predictor.describe(store, place);
    return there.savedModelHash().equals(model.hash())
        ? Optional.of(there.settings())
        : Optional.empty();
  }
}
