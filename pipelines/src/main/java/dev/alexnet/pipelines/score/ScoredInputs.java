package dev.alexnet.pipelines.score;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.RecordedPlace;
import dev.alexnet.model.dataset.Dataset;
import java.util.List;

/**
 * The dataset and models that were scored. Their locations are written as {@link RecordedPlace}
 * writes them.
 *
 * @param dataset the dataset's location
 * @param datasetHash the SHA-256 of its manifest
 * @param model the model's location; several are separated by commas
 * @param modelHash the SHA-256 of its SavedModel; for several models, of their hashes and weights
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

  /**
   * @param output the directory of the scores
   */
  static ScoredInputs of(Dataset dataset, List<ScoredModel> models, Location output) {
    List<ScoredModel> recorded = models.stream().map(model -> model.recordedIn(output)).toList();
    return new ScoredInputs(
        RecordedPlace.of(dataset.location(), output),
        dataset.hash(),
        ScoredModel.directories(recorded),
        ScoredModel.hash(recorded),
        recorded);
  }
}
