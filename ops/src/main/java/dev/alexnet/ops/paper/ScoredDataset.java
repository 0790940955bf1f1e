package dev.alexnet.ops.paper;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.RecordedPlace;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.pipelines.score.Scores;
import java.util.Optional;

/** Finds the dataset that was scored. */
public final class ScoredDataset {
  private ScoredDataset() {}

  /**
   * @param place the directory of the scores
   * @param given where the dataset is; null for the place that is recorded
   * @return empty if there is no dataset at the place that is recorded
   * @throws Failure of kind INPUT_MISSING if there is none at the place that is given; MISMATCH if
   *     it is another one
   */
  public static Optional<Dataset> find(
      ObjectStore store, Location place, Scores scores, Location given) {
    Optional<Location> found =
        given != null
            ? Optional.of(given)
            : RecordedPlace.candidates(scores.inputs().dataset(), place).stream()
                .filter(candidate -> Dataset.isAt(store, candidate))
                .findFirst();
    return found.map(location -> open(store, location, place, scores));
  }

  private static Dataset open(ObjectStore store, Location location, Location place, Scores scores) {
    Dataset dataset = Dataset.open(store, location);
    if (!dataset.hash().equals(scores.inputs().datasetHash())) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "%s is not the dataset of %s: the SHA-256 of its manifest is %s, and the scores name %s. Score it again, or give --data the dataset that was scored"
              .formatted(location, place, dataset.hash(), scores.inputs().datasetHash()));
    }
    return dataset;
  }
}
