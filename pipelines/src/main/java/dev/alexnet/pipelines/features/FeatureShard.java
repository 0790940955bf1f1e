package dev.alexnet.pipelines.features;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.pipelines.engine.ShardResult;
import java.util.List;

/**
 * The features of one shard of the dataset.
 *
 * @param index the shard's index in the dataset
 * @param records how many records it has
 * @param undecodable how many of them have no features
 * @param values the number of values per image
 * @param files the files that were written, one per format
 * @param replacedOperations why some of the model's operations were replaced by other forms; empty
 *     on processors that compute all of them correctly
 */
record FeatureShard(
    @JsonProperty("index") int index,
    @JsonProperty("records") long records,
    @JsonProperty("undecodable") long undecodable,
    @JsonProperty("values") int values,
    @JsonProperty("files") List<Shard> files,
    @JsonProperty("replaced_operations") List<String> replacedOperations)
    implements ShardResult {
  private static final long serialVersionUID = 1L;

  FeatureShard {
    // Copied into a serializable list.
    files = List.copyOf(files);
    replacedOperations = List.copyOf(replacedOperations);
  }
}
