package dev.alexnet.ops.planning;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.prediction.ModelInspection;
import dev.alexnet.ops.planning.PlannedStep.Product;
import dev.alexnet.ops.similarity.NeighbourFiles;
import dev.alexnet.pipelines.augment.AugmentPipeline;
import dev.alexnet.pipelines.convert.ConvertPipeline;
import dev.alexnet.pipelines.score.ScorePipeline;
import dev.alexnet.pipelines.synth.SyntheticImageNet;
import jakarta.inject.Inject;

/**
 * Asks whoever writes a product whether its files are still as they were written. The job itself
 * compares only the content of the file that identifies a product, or the names and lengths of the
 * files in a directory.
 */
public final class OutputVerifier {
  private final ObjectStore store;
  private final SyntheticImageNet archives;
  private final ConvertPipeline converted;
  private final AugmentPipeline augmented;
  private final ScorePipeline scores;
  private final NeighbourFiles neighbours;

  @Inject
  public OutputVerifier(
      ObjectStore store,
      SyntheticImageNet archives,
      ConvertPipeline converted,
      AugmentPipeline augmented,
      ScorePipeline scores,
      NeighbourFiles neighbours) {
    this.store = requireNonNull(store, "store is null");
    this.archives = requireNonNull(archives, "archives is null");
    this.converted = requireNonNull(converted, "converted is null");
    this.augmented = requireNonNull(augmented, "augmented is null");
    this.scores = requireNonNull(scores, "scores is null");
    this.neighbours = requireNonNull(neighbours, "neighbours is null");
  }

  /**
   * Whether a product is intact. Local files are read for it.
   *
   * @param progress is told about the shards of datasets
   * @throws Failure if something cannot be read
   */
  boolean isIntact(Product product, Location place, Progress progress) {
    return switch (product) {
      case ARCHIVES -> archives.isIntact(place);
      case CONVERTED_DATA, VALIDATION_DATA -> converted.isIntact(place, progress);
      case TRAINING_DATA -> augmented.isIntact(place, progress);
      case MODEL -> ModelInspection.of(store, place).findings().isEmpty();
      case SCORES -> scores.isIntact(place);
      case NEIGHBOURS -> neighbours.areWhole(place);
      // Their writers keep no checksums, so the job's own comparison must do.
      case TRAINING, REPORT, COMPARISON -> true;
    };
  }
}
