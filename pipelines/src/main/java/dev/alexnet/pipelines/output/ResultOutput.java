package dev.alexnet.pipelines.output;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.prediction.ModelDescription;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A directory that results are written to, such as scores and features. It is complete once its
 * manifest is there, which is written last.
 */
public final class ResultOutput {
  private final ObjectStore store;
  private final Location output;
  private final Location manifest;
  private final ShardLedger ledger;

  /**
   * @param manifest the name of the file that says what the others are
   * @param ledger the name of the directory for what is unfinished
   */
  public ResultOutput(ObjectStore store, Location output, String manifest, String ledger) {
    this.store = requireNonNull(store, "store is null");
    this.output = requireNonNull(output, "output is null");
    this.manifest = output.resolve(manifest);
    this.ledger = new ShardLedger(store, output, ledger);
  }

  /**
   * Refuses the directory of a dataset or a model, in which the results would lie among files that
   * are taken for its own.
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
          "%s is a %s (it holds %s), which stays as it was written; choose another --output"
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
   * Keeps complete results, or takes damaged ones for incomplete, so that the next steps write them
   * again.
   *
   * @param damaged the names of files that are lost or damaged
   * @return whether nothing is left to do
   */
  public boolean keepUnlessDamaged(List<String> damaged) {
    if (damaged.isEmpty()) {
      // A run that was killed between its last two steps left it.
      ledger.forget();
      return true;
    }
    store.delete(manifest);
    return false;
  }

  /**
   * Writes the manifest, unless it is there: an engine may repeat the last step, and what the
   * manifest is made from is gone then.
   *
   * @param content writes the files that belong to all shards, and says what the manifest holds
   */
  public void complete(Supplier<?> content) {
    if (!isComplete()) {
      store.write(manifest, Json.document(content.get()));
    }
    ledger.forget();
    store.deleteAbandoned(output);
  }

  /**
   * Deletes what an unfinished run of something else left and would be taken for these results.
   *
   * @param isNamedSo whether a file is called as results are
   * @param kept the names of those that belong here
   */
  public void deleteOthers(Predicate<String> isNamedSo, Collection<String> kept) {
    for (String name : store.list(output)) {
      if (isNamedSo.test(name) && !kept.contains(name)) {
        store.delete(output.resolve(name));
      }
    }
  }
}
