package dev.alexnet.ops.similarity;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alexnet.infra.json.StoredFormat;
import dev.alexnet.infra.settings.Problems;
import java.util.List;

/**
 * {@code neighbours.json}: the images of a dataset that a network sees as most similar to some
 * queries.
 *
 * @param schemaVersion {@link #SCHEMA_VERSION}
 * @param model where the model was
 * @param modelHash the SHA-256 of its SavedModel
 * @param dataset where the dataset was
 * @param datasetHash the SHA-256 of its manifest
 * @param values how many features were compared
 * @param queries in the order in which they were given
 */
public record Neighbours(
    @JsonProperty("schema_version") int schemaVersion,
    @JsonProperty("model") String model,
    @JsonProperty("model_hash") String modelHash,
    @JsonProperty("dataset") String dataset,
    @JsonProperty("dataset_hash") String datasetHash,
    @JsonProperty("values") int values,
    @JsonProperty("queries") List<Query> queries) {
  public static final int SCHEMA_VERSION = 1;

  private static final StoredFormat FORMAT =
      new StoredFormat(
          "file of neighbours",
          "schema_version",
          SCHEMA_VERSION,
          "find them again with 'alexnet similar'");

  /** The file's name within the output; written last. */
  public static final String FILE = "neighbours.json";

  /** The picture of them. */
  public static final String PICTURE = "neighbours.png";

  public Neighbours {
    new Problems("neighbours")
        .require(
            schemaVersion == SCHEMA_VERSION,
            "schema_version is %s; this program reads %s",
            schemaVersion,
            SCHEMA_VERSION)
        .require(modelHash != null, "model_hash is missing")
        .require(datasetHash != null, "dataset_hash is missing")
        .require(queries != null && !queries.isEmpty(), "there is no query")
        .throwIfAny();
    queries = List.copyOf(queries);
  }

  /**
   * @param where what to call the file in an error
   * @throws dev.alexnet.infra.failure.Failure of kind MISMATCH if another version of this program
   *     wrote it, BAD_DATA if it is not such a file
   */
  static Neighbours read(byte[] json, Object where) {
    return FORMAT.read(json, Neighbours.class, where);
  }

  /**
   * A picture with the images most similar to it.
   *
   * @param image its id, or its file
   * @param source the dataset or file that it comes from
   * @param name of its class; empty if that is not known
   * @param wnid of its class; empty if that is not known
   * @param file what the network saw, within the output
   * @param neighbours the nearest first
   */
  public record Query(
      @JsonProperty("image") String image,
      @JsonProperty("source") String source,
      @JsonProperty("name") String name,
      @JsonProperty("wnid") String wnid,
      @JsonProperty("file") String file,
      @JsonProperty("neighbours") List<Found> neighbours) {
    public Query {
      neighbours = List.copyOf(neighbours);
    }
  }

  /**
   * A neighbour.
   *
   * @param image its id
   * @param row its place in the dataset
   * @param label the place of its class in the dataset's; −1 where it has none
   * @param name of its class; empty if it has none
   * @param wnid of its class; empty if it has none
   * @param distance Euclidean, of the features
   * @param file the image, within the output
   */
  public record Found(
      @JsonProperty("image") String image,
      @JsonProperty("row") long row,
      @JsonProperty("label") long label,
      @JsonProperty("name") String name,
      @JsonProperty("wnid") String wnid,
      @JsonProperty("distance") double distance,
      @JsonProperty("file") String file) {}
}
