package dev.alexnet.pipelines.features;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.pipelines.output.ResultOutput;
import dev.alexnet.pipelines.output.VerifiedMatrix;
import dev.alexnet.pipelines.output.WrittenFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A directory of features. */
public final class Features {
  /** The directory of the ledger, until all shards are finished. */
  private static final String LEDGER = ".features";

  private final ObjectStore store;
  private final Location location;
  private final FeaturesManifest manifest;

  /** The directory that features are written to. */
  static ResultOutput outputOf(ObjectStore store, Location location) {
    return new ResultOutput(store, location, FeaturesManifest.FILE, LEDGER);
  }

  private Features(ObjectStore store, Location location, FeaturesManifest manifest) {
    this.store = store;
    this.location = location;
    this.manifest = manifest;
  }

  /**
   * Opens a directory of features; its files are checked when they are read.
   *
   * @throws Failure of kind INPUT_MISSING if there are no complete features, MISMATCH if another
   *     version of this program wrote them
   */
  public static Features open(ObjectStore store, Location location) {
    Location file = location.resolve(FeaturesManifest.FILE);
    if (!store.exists(file)) {
      throw new Failure(
          Failure.Kind.INPUT_MISSING,
          "There are no features at "
              + location
              + " (no "
              + FeaturesManifest.FILE
              + "); write them with 'alexnet features'. To finish an interrupted run, run the same"
              + " command again");
    }
    return new Features(store, location, FeaturesManifest.read(store.readAll(file), file));
  }

  public FeaturesManifest manifest() {
    return manifest;
  }

  public Location location() {
    return location;
  }

  /** The files that are missing or damaged. */
  public List<String> damagedFiles() {
    List<Shard> files = new ArrayList<>(manifest.files());
    manifest.shards().forEach(shard -> files.addAll(shard.files()));
    return WrittenFiles.damaged(store, location, files);
  }

  /**
   * Opens the matrix of a shard.
   *
   * @throws Failure of kind INPUT_MISSING if it does not exist, BAD_DATA if it differs from the
   *     manifest
   */
  VerifiedMatrix matrix(FeatureShard shard) throws IOException {
    String name = FeatureFormat.NPY.file(shard.index(), manifest.shards().size());
    Location file = location.resolve(name);
    Shard written =
        shard.files().stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new Failure(
                        Failure.Kind.BAD_DATA,
                        location.resolve(FeaturesManifest.FILE)
                            + " does not list "
                            + name
                            + ". Write the features again"));
    VerifiedMatrix reader =
        VerifiedMatrix.open(
            store,
            file,
            written,
            FeaturesManifest.FILE + ". Run the same 'alexnet features' again to rewrite it");
    if (reader.rows() != shard.records() || reader.columns() != manifest.values()) {
      reader.close();
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "%s is a matrix of %d × %d; %s says %d × %d. Write the features again"
              .formatted(
                  file,
                  reader.rows(),
                  reader.columns(),
                  FeaturesManifest.FILE,
                  shard.records(),
                  manifest.values()));
    }
    return reader;
  }
}
