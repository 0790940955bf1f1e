package dev.alexnet.pipelines.output;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.prediction.ModelDescription;

/** A directory that results are written to, such as scores and reports. */
public final class ResultOutput {
  private ResultOutput() {}

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
}
