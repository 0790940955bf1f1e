package dev.alexnet.ops.inspection;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.DatasetInspection;
import dev.alexnet.model.prediction.ModelInspection;
import dev.alexnet.model.training.CheckpointInspection;
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
   * @param sheet where to draw images of a dataset with the names of their classes; null for
   *     nowhere
   * @throws Failure of kind INPUT_MISSING where nothing is at the location or an unfinished
   *     dataset, USAGE where it is something else
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
          Failure.Kind.USAGE, "--sheet shows images of a dataset; " + directory + " is none");
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
          directory + " is a file; name the directory of a dataset, a checkpoint or a model");
    }
    List<String> names = store.list(directory);
    if (names.isEmpty()) {
      return new Failure(
          Failure.Kind.INPUT_MISSING, "There is nothing at " + directory + "; check the name");
    }
    if (names.stream().anyMatch(name -> name.endsWith(".tfrecord"))) {
      return new Failure(
          Failure.Kind.INPUT_MISSING,
          directory
              + " has shards of a dataset, but no "
              + Dataset.MANIFEST
              + ", which is written last; run the command that began it again to finish it");
    }
    if (DatasetOutput.isBegun(store, directory)) {
      throw new Failure(
          Failure.Kind.INPUT_MISSING,
          directory
              + " is a dataset that was begun and has no shard yet; run the command that began it"
              + " again to finish it");
    }
    List<String> shown = names.subList(0, Math.min(NAMES_SHOWN, names.size()));
    String more =
        names.size() > shown.size() ? " and %,d more".formatted(names.size() - shown.size()) : "";
    return new Failure(
        Failure.Kind.USAGE,
        directory
            + " is no dataset (dataset.json), model (model.json) or checkpoint (COMMIT.json,"
            + " step-*); it holds "
            + String.join(", ", shown)
            + more
            + ". Name one of theirs");
  }
}
