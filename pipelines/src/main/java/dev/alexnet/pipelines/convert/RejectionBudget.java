package dev.alexnet.pipelines.convert;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.DatasetManifest;

/** How many pictures may be rejected before a run counts as failed. */
final class RejectionBudget {
  private RejectionBudget() {}

  /**
   * @throws Failure of kind BAD_DATA where a complete dataset has more
   */
  static void check(DatasetManifest manifest, ConvertSettings settings) {
    if (manifest.rejected() > settings.maxRejected()) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          manifest.rejected()
              + " pictures were rejected; the settings allow "
              + settings.maxRejected()
              + ". The other "
              + manifest.records()
              + " are in "
              + settings.output()
              + ", complete. Read "
              + settings.output().resolve(Dataset.REJECTED)
              + ", then mend the source or raise --max-rejected.");
    }
  }
}
