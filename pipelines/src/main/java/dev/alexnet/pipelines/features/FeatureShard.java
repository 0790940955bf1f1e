package dev.alexnet.pipelines.features;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.pipelines.engine.ShardResult;
import java.util.List;

/**
 * The features of one shard of the dataset.
 *
 * @param index the shard's place in the dataset
 * @param records how many it has
 * @param undecodable how many of them have no features
 * @param values how many values an image has
 * @param files what was written, a file a format
 * @param replacedOperations why the model's operations were computed in another form than the usual
 *     one; empty on sound processors
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
    // As a list that Java serialises.
    files = List.copyOf(files);
    replacedOperations = List.copyOf(replacedOperations);
  }
}
