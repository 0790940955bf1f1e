package dev.alexnet.pipelines.features;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alexnet.infra.json.StoredFormat;
import dev.alexnet.infra.settings.Problems;
import dev.alexnet.model.dataset.Shard;
import java.util.List;

/**
 * {@code features.json}: the manifest of a directory of features. Written last, so a directory
 * without it is incomplete.
 *
 * @param schemaVersion {@link #SCHEMA_VERSION}
 * @param images the number of records in the dataset, and so of rows in all matrices together
 * @param undecodable how many of them have no features; their rows are NaN
 * @param values the number of values per row
 * @param views the number of views per image: 1 is the centre
 * @param formats the formats that were written
 * @param dataset the dataset's location
 * @param datasetHash the SHA-256 of its manifest
 * @param model the model's location
 * @param modelHash the SHA-256 of its SavedModel
 * @param files the files that belong to all shards together, {@link #IMAGES} and {@link #LABELS}
 * @param shards in the order of the dataset's shards
 */
public record FeaturesManifest(
    @JsonProperty("schema_version") int schemaVersion,
    @JsonProperty("images") long images,
    @JsonProperty("undecodable") long undecodable,
    @JsonProperty("values") int values,
    @JsonProperty("views") int views,
    @JsonProperty("formats") List<String> formats,
    @JsonProperty("dataset") String dataset,
    @JsonProperty("dataset_hash") String datasetHash,
    @JsonProperty("model") String model,
    @JsonProperty("model_hash") String modelHash,
    @JsonProperty("files") List<Shard> files,
    @JsonProperty("shards") List<FeatureShard> shards) {
  public static final int SCHEMA_VERSION = 3;

  private static final StoredFormat FORMAT =
      new StoredFormat(
          "manifest of features",
          "schema_version",
          SCHEMA_VERSION,
          "write the features again, into another --output");

  /** The file's name within the directory. */
  public static final String FILE = "features.json";

  /** One line per row: {@link FeatureRow}. */
  public static final String IMAGES = "images.jsonl";

  /** The labels of all rows, as a NumPy int64 vector. */
  public static final String LABELS = "labels.npy";

  public FeaturesManifest {
    new Problems("features")
        .require(
            schemaVersion == SCHEMA_VERSION,
            "schema_version is %s; this program reads %s",
            schemaVersion,
            SCHEMA_VERSION)
        .require(values >= 0, "values is %s", values)
        .require(formats != null, "formats is missing")
        .require(datasetHash != null, "dataset_hash is missing")
        .require(modelHash != null, "model_hash is missing")
        .require(files != null, "files is missing")
        .require(shards != null, "shards is missing")
        .throwIfAny();
    formats = List.copyOf(formats);
    files = List.copyOf(files);
    shards = List.copyOf(shards);
  }

  /** Why some of the model's operations were replaced by other forms. */
  public List<String> replacedOperations() {
    return shards.stream()
        .flatMap(shard -> shard.replacedOperations().stream())
        .distinct()
        .toList();
  }

  /**
   * @param where the file's name in errors
   * @throws dev.alexnet.infra.failure.Failure of kind MISMATCH if another version of this program
   *     wrote it, BAD_DATA if it is not such a file
   */
  static FeaturesManifest read(byte[] json, Object where) {
    return FORMAT.read(json, FeaturesManifest.class, where);
  }
}
