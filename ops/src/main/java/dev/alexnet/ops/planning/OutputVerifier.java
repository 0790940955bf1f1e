package dev.alexnet.ops.planning;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.prediction.ModelInspection;
import dev.alexnet.ops.planning.PlannedStep.Product;
import dev.alexnet.ops.similarity.NeighbourFiles;
import dev.alexnet.pipelines.score.ScorePipeline;
import jakarta.inject.Inject;

/**
 * Compares what a step made with what it wrote down of it, as far as the job does not compare it
 * itself: that knows the content of the file that identifies a product, and the names and lengths
 * of the files beside it.
 */
public final class OutputVerifier {
  private final ObjectStore store;
  private final NeighbourFiles neighbours;
  private final ScorePipeline scores;

  @Inject
  public OutputVerifier(ObjectStore store, NeighbourFiles neighbours, ScorePipeline scores) {
    this.store = requireNonNull(store, "store is null");
    this.neighbours = requireNonNull(neighbours, "neighbours is null");
    this.scores = requireNonNull(scores, "scores is null");
  }

  /**
   * @param place of the product
   * @param progress hears of files that are read
   * @throws Failure where something cannot be read
   */
  boolean isIntact(Product product, Location place, Progress progress) {
    return switch (product) {
      // Nothing says more of them than what the job compares.
      case ARCHIVES, TRAINING, REPORT -> true;
      case CONVERTED_DATA, TRAINING_DATA, VALIDATION_DATA ->
          Dataset.withoutShards(store, place).damagedFiles(progress).isEmpty();
      case MODEL -> ModelInspection.of(store, place).findings().isEmpty();
      case SCORES -> scores.isIntact(place);
      case NEIGHBOURS -> neighbours.areWhole(place);
    };
  }
}
