package dev.alexnet.pipelines.features;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alexnet.infra.json.StoredFormat;
import dev.alexnet.infra.settings.Problems;
import dev.alexnet.model.dataset.Shard;
import java.util.List;

/**
 * {@code features.json}: what a directory of features holds. Written last, so a directory without
 * it is not complete.
 *
 * @param schemaVersion {@link #SCHEMA_VERSION}
 * @param images records of the dataset, which are the rows of all matrices together
 * @param undecodable how many of them have no features: their rows are NaN
 * @param values how many values a row has
 * @param views of each image: 1 is the centre
 * @param formats what was written
 * @param dataset where the dataset was
 * @param datasetHash the SHA-256 of its manifest
 * @param model where the model was
 * @param modelHash the SHA-256 of its SavedModel
 * @param files those of all shards together, {@link #IMAGES} and {@link #LABELS}
 * @param shards in the order of the dataset's
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

  /** A line for every row: {@link FeatureRow}. */
  public static final String IMAGES = "images.jsonl";

  /** The labels of all rows, an int64 vector of NumPy's. */
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

  /** Why operations of the model were computed in another form than the usual one. */
  public List<String> replacedOperations() {
    return shards.stream()
        .flatMap(shard -> shard.replacedOperations().stream())
        .distinct()
        .toList();
  }

  /**
   * @param where what to call the file in an error
   * @throws dev.alexnet.infra.failure.Failure of kind MISMATCH where another version of this
   *     program wrote it, BAD_DATA where it is no such file
   */
  static FeaturesManifest read(byte[] json, Object where) {
    return FORMAT.read(json, FeaturesManifest.class, where);
  }
}
