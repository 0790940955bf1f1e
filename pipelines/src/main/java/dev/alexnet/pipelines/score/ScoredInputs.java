package dev.alexnet.pipelines.score;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alexnet.model.dataset.Dataset;
import java.util.List;

/**
 * What was scored.
 *
 * @param dataset the dataset's location
 * @param datasetHash the SHA-256 of its manifest
 * @param model the model's location; of several, by commas
 * @param modelHash the SHA-256 of its SavedModel; of several, that of their hashes and weights
 * @param models each model on its own
 */
public record ScoredInputs(
    @JsonProperty("dataset") String dataset,
    @JsonProperty("dataset_hash") String datasetHash,
    @JsonProperty("model") String model,
    @JsonProperty("model_hash") String modelHash,
    @JsonProperty("models") List<ScoredModel> models) {

  public ScoredInputs {
    models = List.copyOf(models);
  }

  static ScoredInputs of(Dataset dataset, List<ScoredModel> models) {
    return new ScoredInputs(
        dataset.location().value(),
        dataset.hash(),
        ScoredModel.directories(models),
        ScoredModel.hash(models),
        models);
  }
}
