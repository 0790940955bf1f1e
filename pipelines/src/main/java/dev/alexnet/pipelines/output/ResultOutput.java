package dev.alexnet.pipelines.output;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.WriteCondition;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.prediction.ModelDescription;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A directory for results such as scores and features. It is complete once it has its manifest,
 * which is written last.
 */
public final class ResultOutput {
  private final ObjectStore store;
  private final Location output;
  private final Location manifest;
  private final ShardLedger ledger;

  /**
   * @param manifest the name of the file that describes the others
   * @param ledger the name of the ledger's directory
   */
  public ResultOutput(ObjectStore store, Location output, String manifest, String ledger) {
    this.store = requireNonNull(store, "store is null");
    this.output = requireNonNull(output, "output is null");
    this.manifest = output.resolve(manifest);
    this.ledger = new ShardLedger(store, output, ledger);
  }

  /**
   * Refuses the directory of a dataset or a model, where results could be taken for its own files.
   *
   * @throws Failure of kind OUTPUT_EXISTS
   */
  public static void refuseDatasetOrModel(ObjectStore store, Location output) {
    refuse(store, output, "dataset", Dataset.MANIFEST);
    refuse(store, output, "model", ModelDescription.FILE);
  }

  private static void refuse(ObjectStore store, Location output, String what, String manifest) {
    if (store.exists(output.resolve(manifest))) {
      throw new Failure(
          Failure.Kind.OUTPUT_EXISTS,
          "%s is a %s (it holds %s), which is never overwritten; choose another --output"
              .formatted(output, what, manifest));
    }
  }

  public ShardLedger ledger() {
    return ledger;
  }

  public boolean isComplete() {
    return store.exists(manifest);
  }

  /**
   * Keeps intact results, or marks damaged ones as incomplete, so that the next steps write them
   * again.
   *
   * @param damaged the names of missing or damaged files
   * @return whether nothing is left to do
   */
  public boolean keepUnlessDamaged(List<String> damaged) {
    if (damaged.isEmpty()) {
      // Left by a run that was killed between its last two steps.
      ledger.forget();
      return true;
    }
    store.delete(manifest);
    return false;
  }

  /**
   * Writes the manifest unless it exists: an engine may repeat the last step after the ledger was
   * deleted. Fails if another run writes it first, or if a shard was made twice with different
   * bytes.
   *
   * @param content writes the files that belong to all shards, and returns the content of the
   *     manifest
   */
  public void complete(Supplier<?> content) {
    if (!isComplete()) {
      ledger.requireAgreement();
      store.write(manifest, Json.document(content.get()), WriteCondition.absent());
    }
    ledger.forget();
    store.deleteAbandoned(output);
  }

  /**
   * Deletes files of an unfinished run of something else, which would be taken for these results.
   *
   * @param isNamedSo whether a file is named like a result
   * @param kept the names of the files to keep
   */
  public void deleteOthers(Predicate<String> isNamedSo, Collection<String> kept) {
    for (String name : store.list(output)) {
      if (isNamedSo.test(name) && !kept.contains(name)) {
        store.delete(output.resolve(name));
      }
    }
  }
}
