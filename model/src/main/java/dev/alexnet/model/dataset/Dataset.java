package dev.alexnet.model.dataset;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.reading.ObjectStream;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A dataset in its directory: gives access to its manifest, shards and statistics. */
public final class Dataset {
  public static final String MANIFEST = "dataset.json";
  public static final String LABELS = "labels.txt";
  public static final String STATISTICS = "statistics.json";
  public static final String MEAN_IMAGE = "mean_image.f32";
  public static final String MEAN_PICTURE = "mean_image.png";
  public static final String REJECTED = "rejected.jsonl";

  private final ObjectStore store;
  private final Location location;
  private final DatasetManifest manifest;
  private final String hash;

  private Dataset(ObjectStore store, Location location, byte[] manifest) {
    this.store = requireNonNull(store, "store is null");
    this.location = location;
    this.manifest =
        DatasetManifest.FORMAT.read(manifest, DatasetManifest.class, location.resolve(MANIFEST));
    this.hash = Sha256.of(manifest);
  }

  /** Whether a complete dataset is at the location. */
  public static boolean isAt(ObjectStore store, Location location) {
    return store.exists(location.resolve(MANIFEST));
  }

  /**
   * Opens a dataset and checks that exactly the shards of its manifest exist, by name and length.
   * Their content is checked when it is read.
   *
   * @throws Failure of kind INPUT_MISSING if there is no dataset, BAD_DATA if the directory does
   *     not match the manifest
   */
  public static Dataset open(ObjectStore store, Location location) {
    if (!isAt(store, location)) {
      throw new Failure(
          Failure.Kind.INPUT_MISSING,
          "There is no dataset at "
              + location
              + " (no "
              + MANIFEST
              + "); make one with 'alexnet convert', or finish one that was interrupted by running"
              + " the same command again");
    }
    Dataset dataset = withoutShards(store, location);
    dataset.requireShards();
    return dataset;
  }

  /** Reads a dataset's manifest without checking its shards. */
  public static Dataset withoutShards(ObjectStore store, Location location) {
    return new Dataset(store, location, store.readAll(location.resolve(MANIFEST)));
  }

  /**
   * Compares the checksum of every shard, and the hash of every other file, with the manifest's.
   * Local shards are read completely for it, on all cores; an object store lists their checksums.
   *
   * @param progress counts shards
   * @return the names of files that are missing or changed; empty if all are intact
   */
  public List<String> damagedFiles(Progress progress) {
    return files().damaged(progress);
  }

  private DatasetFiles files() {
    return new DatasetFiles(store, location, manifest);
  }

  static String hashOf(ObjectStore store, Location file) {
    try (InputStream stream = ObjectStream.open(store, file)) {
      return Sha256.of(stream);
    } catch (IOException e) {
      throw Failure.inputOutput("read", file, e);
    }
  }

  /**
   * Reads every record of every shard, and so checks their checksums.
   *
   * @throws Failure of kind BAD_DATA that names the file and offset of the first damaged record
   */
  public void readAllRecords() {
    for (Shard shard : manifest.shards()) {
      try (TfRecordReader reader = read(shard)) {
        byte[] record = reader.next();
        while (record != null) {
          record = reader.next();
        }
      } catch (IOException e) {
        throw Failure.inputOutput("read", shardLocation(shard), e);
      }
    }
  }

  /**
   * @throws Failure of kind BAD_DATA if a file is named like a shard but is not in the manifest
   */
  public void requireNoUnlistedShards() {
    files().requireNoUnlistedShards();
  }

  /** The files that are named like shards but are not in the manifest. */
  List<String> unlistedShards() {
    return files().unlistedShards();
  }

  /**
   * Checks that exactly the shards of the manifest exist, by name and length.
   *
   * @throws Failure of kind BAD_DATA that names the first that is not
   */
  public void requireShards() {
    files().requireShards();
  }

  public Location location() {
    return location;
  }

  public DatasetManifest manifest() {
    return manifest;
  }

  /** The SHA-256 of the manifest, in hexadecimal; it identifies the dataset's content. */
  public String hash() {
    return hash;
  }

  public Location shardLocation(Shard shard) {
    return location.resolve(shard.name());
  }

  /**
   * Opens a shard for reading its records.
   *
   * @throws Failure of kind INPUT_MISSING if it does not exist, BAD_DATA if an object store says
   *     that it is not the shard of the manifest
   */
  public TfRecordReader read(Shard shard) {
    return files().read(shard);
  }

  /**
   * Statistics of the images, or of those that they were augmented from.
   *
   * @throws Failure of kind INPUT_MISSING if the file does not exist, BAD_DATA if it was changed
   */
  public DatasetStatistics statistics() {
    byte[] content = content(STATISTICS, "the statistics that colour noise is drawn from");
    return Json.read(content, DatasetStatistics.class, location.resolve(STATISTICS));
  }

  /**
   * A warning if all images are of one class, from which nothing can be learned.
   *
   * @return empty if there are images of several classes, or no labels
   */
  public Optional<String> oneClassNotice() {
    List<String> classes = manifest.classes().stream().map(ClassLabel::wnid).toList();
    List<String> present = classes.size() > 1 ? classesWithImages(classes) : classes;
    return present.size() == 1
        ? Optional.of(
            ("Warning: all images of %s are of one class, '%s': a network only learns to answer that "
                    + "class, with a loss of 0. If there should be more classes, check what was "
                    + "converted")
                .formatted(location, present.get(0)))
        : Optional.empty();
  }

  /** All classes if there are no statistics, which only what needs them asks for. */
  private List<String> classesWithImages(List<String> classes) {
    try {
      return statistics().imagesOfClass().entrySet().stream()
          .filter(images -> images.getValue() > 0)
          .map(Map.Entry::getKey)
          .toList();
    } catch (Failure e) {
      if (e.kind() != Failure.Kind.INPUT_MISSING) {
        throw e;
      }
      return classes;
    }
  }

  /**
   * The mean image, of {@link DatasetManifest#meanImageSize}.
   *
   * @throws Failure of kind INPUT_MISSING if the file does not exist, BAD_DATA if it was changed
   */
  public MeanImage meanImage() {
    byte[] content = content(MEAN_IMAGE, "the mean image that training subtracts");
    return MeanImage.fromBytes(manifest.meanImageSize(), content, location.resolve(MEAN_IMAGE));
  }

  private byte[] content(String name, String what) {
    Location file = location.resolve(name);
    byte[] content = present(file, what);
    if (!Sha256.of(content).equals(manifest.files().get(name))) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          file
              + ", "
              + what
              + ", was changed after it was written with the dataset: its SHA-256 is not the "
              + "one in "
              + MANIFEST
              + ". Put the original back, or run the command that made the dataset again");
    }
    return content;
  }

  private byte[] present(Location file, String what) {
    try {
      return store.readAll(file);
    } catch (Failure e) {
      if (e.kind() != Failure.Kind.INPUT_MISSING) {
        throw e;
      }
      throw new Failure(
          e.kind(),
          file
              + " is missing, "
              + what
              + "; it was written with the dataset and has been moved or deleted. Put it back,"
              + " or run the command that made the dataset again",
          e);
    }
  }

  /**
   * Writes only {@code rejected.jsonl}, for a dataset that cannot be made.
   *
   * @param rejections may be large; written in the order given
   */
  public static void writeRejections(
      ObjectStore store, Location location, Iterable<Rejection> rejections) {
    new DatasetWriter(store, location).writeRejections(rejections);
  }

  /**
   * Writes everything of a dataset but its shards, the manifest last.
   *
   * @param manifest without {@link DatasetManifest#files}, which are known once they are written
   * @param rejections may be large; written in the order given
   */
  public static void commit(
      ObjectStore store,
      Location location,
      DatasetManifest manifest,
      MeanImage mean,
      DatasetStatistics statistics,
      Iterable<Rejection> rejections) {
    new DatasetWriter(store, location).write(manifest, mean, statistics, rejections);
  }
}
