package dev.alexnet.ops.inspection;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.DatasetInspection;
import dev.alexnet.model.prediction.ModelInspection;
import dev.alexnet.model.training.checkpoint.CheckpointInspection;
import dev.alexnet.pipelines.output.DatasetOutput;
import jakarta.inject.Inject;
import java.util.List;

/** Finds out what a directory holds, and verifies it. */
public final class Inspector {
  private static final int NAMES_SHOWN = 5;

  private final ObjectStore store;

  @Inject
  public Inspector(ObjectStore store) {
    this.store = requireNonNull(store, "store is null");
  }

  /**
   * Reads every byte of a dataset, of a model, of a checkpoint or of several checkpoints.
   *
   * @param sheet the file for a picture of a dataset's images with the names of their classes; null
   *     for none
   * @throws Failure of kind INPUT_MISSING if the directory is empty, missing or an unfinished
   *     dataset, USAGE if it holds something else
   */
  public Inspection run(Location directory, Location sheet, Progress progress) {
    if (Dataset.isAt(store, directory)) {
      DatasetInspection dataset = DatasetInspection.of(store, directory, progress);
      if (sheet != null) {
        store.write(sheet, ContactSheet.png(store, directory, dataset));
      }
      return DatasetFacts.inspection(directory, dataset);
    }
    if (sheet != null) {
      throw new Failure(
          Failure.Kind.USAGE,
          "--sheet draws images of a dataset; " + directory + " is not a dataset");
    }
    if (ModelInspection.isAt(store, directory)) {
      return ModelFacts.inspection(directory, ModelInspection.of(store, directory));
    }
    List<Location> checkpoints =
        CheckpointInspection.isAt(store, directory)
            ? List.of(directory)
            : CheckpointInspection.under(store, directory);
    if (!checkpoints.isEmpty()) {
      return CheckpointFacts.inspection(
          directory,
          checkpoints.stream().map(each -> CheckpointInspection.of(store, each)).toList());
    }
    throw unknown(directory);
  }

  private Failure unknown(Location directory) {
    if (store.exists(directory)) {
      return new Failure(
          Failure.Kind.USAGE,
          directory + " is a file; give the directory of a dataset, a checkpoint or a model");
    }
    List<String> names = store.list(directory);
    if (names.isEmpty()) {
      return new Failure(
          Failure.Kind.INPUT_MISSING, "Nothing was found at " + directory + "; check the name");
    }
    if (names.stream().anyMatch(name -> name.endsWith(".tfrecord"))) {
      return new Failure(
          Failure.Kind.INPUT_MISSING,
          directory
              + " has shards of a dataset but no "
              + Dataset.MANIFEST
              + ", which is written last. To finish the dataset, run the command that makes it again");
    }
    if (DatasetOutput.isBegun(store, directory)) {
      throw new Failure(
          Failure.Kind.INPUT_MISSING,
          directory
              + " is a dataset that was started and has no shard yet. To finish it, run the command that makes it again");
    }
    List<String> shown = names.subList(0, Math.min(NAMES_SHOWN, names.size()));
    String more =
        names.size() > shown.size() ? " and %,d more".formatted(names.size() - shown.size()) : "";
    return new Failure(
        Failure.Kind.USAGE,
        directory
            + " is not a dataset (dataset.json), a model (model.json) or a checkpoint (COMMIT.json, step-*); it holds "
            + String.join(", ", shown)
            + more
            + ". Give the directory of one of these");
  }
}
