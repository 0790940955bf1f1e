package dev.alexnet.pipelines.convert;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.infra.text.Quantity;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.DatasetManifest;
import java.util.Optional;
import org.apache.beam.sdk.transforms.DoFn;

/** How many pictures may be rejected before a run counts as failed. */
final class RejectionBudget {
  private RejectionBudget() {}

  /**
   * The failure of kind BAD_DATA if a complete dataset has more rejected pictures than allowed;
   * otherwise empty.
   */
  static Optional<Failure> excess(DatasetManifest manifest, ConvertSettings settings) {
    if (manifest.rejected() <= settings.maxRejected()) {
      return Optional.empty();
    }
    return Optional.of(
        new Failure(
            Failure.Kind.BAD_DATA,
            Quantity.of(manifest.rejected(), "picture")
                + (manifest.rejected() == 1 ? " was" : " were")
                + " rejected; the settings allow "
                + settings.maxRejected()
                + ". The other "
                + (manifest.records() == 1 ? "one is" : manifest.records() + " are")
                + " in "
                + settings.output()
                + ", complete. Read "
                + settings.output().resolve(Dataset.REJECTED)
                + ", then fix the source or raise --max-rejected."));
  }

  /** Fails the pipeline itself if nobody waits for its result. */
  static final class CheckFn extends DoFn<String, Void> {
    private static final long serialVersionUID = 1L;
    private final ConvertSettings settings;
    private transient ObjectStore store;

    CheckFn(ConvertSettings settings) {
      this.settings = settings;
    }

    @Setup
    public void setUp() {
      store = ObjectStores.standard();
    }

    @ProcessElement
    public void process() {
      Dataset dataset = Dataset.open(store, settings.output());
      excess(dataset.manifest(), settings)
          .ifPresent(
              failure -> {
                throw failure;
              });
    }
  }
}
