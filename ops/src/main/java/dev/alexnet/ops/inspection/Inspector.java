package dev.alexnet.ops.inspection;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ReservedName;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.DatasetInspection;
import dev.alexnet.model.prediction.ModelInspection;
import dev.alexnet.model.training.checkpoint.CheckpointInspection;
import dev.alexnet.pipelines.output.DatasetOutput;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out what a directory holds, and verifies it. */
public final class Inspector {
  private static final int NAMES_SHOWN = 5;

  /** How many levels below the first one are searched. */
  private static final int DEPTH = 2;

  private final ObjectStore store;

  @Inject
  public Inspector(ObjectStore store) {
    this.store = requireNonNull(store, "store is null");
  }

  /**
   * Reads every byte of a dataset, a model, checkpoints, scores or features; or of all of these
   * within a directory, such as that of a run.
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
    Optional<Inspection> known = known(directory, progress);
    if (known.isPresent()) {
      return known.get();
    }
    Map<String, Inspection> parts = new LinkedHashMap<>();
    List<String> unknown = new ArrayList<>();
    collect(directory, "", progress, parts, unknown);
    if (parts.isEmpty()) {
      throw unknown(directory);
    }
    return CollectionFacts.inspection(directory, parts, unknown);
  }

  private Optional<Inspection> known(Location directory, Progress progress) {
    if (Dataset.isAt(store, directory)) {
      return Optional.of(
          DatasetFacts.inspection(directory, DatasetInspection.of(store, directory, progress)));
    }
    if (ModelInspection.isAt(store, directory)) {
      return Optional.of(ModelFacts.inspection(directory, ModelInspection.of(store, directory)));
    }
    if (ScoresFacts.isAt(store, directory)) {
      return Optional.of(ScoresFacts.inspection(store, directory));
    }
    if (FeaturesFacts.isAt(store, directory)) {
      return Optional.of(FeaturesFacts.inspection(store, directory));
    }
    List<Location> checkpoints =
        CheckpointInspection.isAt(store, directory)
            ? List.of(directory)
            : CheckpointInspection.under(store, directory);
    return checkpoints.isEmpty()
        ? Optional.empty()
        : Optional.of(
            CheckpointFacts.inspection(
                directory,
                checkpoints.stream().map(each -> CheckpointInspection.of(store, each)).toList()));
  }

  /** A run has directories of steps, and that of the training has others. */
  private void collect(
      Location directory,
      String name,
      Progress progress,
      Map<String, Inspection> parts,
      List<String> unknown) {
    for (String child : store.list(directory)) {
      // What an unfinished redo has set aside is a result too.
      boolean hidden = child.startsWith(".") && !child.startsWith(ReservedName.FORMER);
      if (!child.endsWith("/") || hidden) {
        continue;
      }
      String path = name + child.substring(0, child.length() - 1);
      Location place = directory.resolve(child.substring(0, child.length() - 1));
      Optional<Inspection> inspection = known(place, progress);
      int before = parts.size();
      if (inspection.isPresent()) {
        parts.put(path, inspection.get());
      } else if (path.chars().filter(each -> each == '/').count() < DEPTH) {
        collect(place, path + "/", progress, parts, unknown);
      }
      if (parts.size() == before) {
        unknown.removeIf(below -> below.startsWith(path + "/"));
        unknown.add(path);
      }
    }
  }

  private Failure unknown(Location directory) {
    if (store.exists(directory)) {
      return new Failure(
          Failure.Kind.USAGE,
          directory
              + " is a file; give the directory of a dataset, a checkpoint, a model, scores, features or a run");
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
    for (String page : List.of("report.html", "comparison.html")) {
      if (names.contains(page)) {
        return new Failure(
            Failure.Kind.USAGE,
            "Nothing says what %s should hold, so it cannot be verified. Open %s in a browser"
                .formatted(directory, directory.resolve(page)));
      }
    }
    List<String> shown = names.subList(0, Math.min(NAMES_SHOWN, names.size()));
    String more =
        names.size() > shown.size() ? " and %,d more".formatted(names.size() - shown.size()) : "";
    return new Failure(
        Failure.Kind.USAGE,
        directory
            + " is not a dataset (dataset.json), a model (model.json), a checkpoint (COMMIT.json, step-*), scores (scores.json) or features (features.json), nor has it any of these below it; it holds "
            + String.join(", ", shown)
            + more
            + ". Give the directory of one of these");
  }
}
