package dev.alexnet.pipelines.score;

import com.fasterxml.jackson.annotation.JsonInclude;
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
 * @param truth the labels that were used in place of the dataset's; null if its own were
 */
public record ScoredInputs(
    @JsonProperty("dataset") String dataset,
    @JsonProperty("dataset_hash") String datasetHash,
    @JsonProperty("model") String model,
    @JsonProperty("model_hash") String modelHash,
    @JsonProperty("models") List<ScoredModel> models,
    @JsonProperty("truth") @JsonInclude(JsonInclude.Include.NON_NULL) OtherTruth truth) {

  /**
   * The file of labels that was used in place of the dataset's.
   *
   * @param file its location
   * @param hash its SHA-256
   * @param ofNoClass how many images it calls of no class; they are left out
   */
  public record OtherTruth(
      @JsonProperty("file") String file,
      @JsonProperty("hash") String hash,
      @JsonProperty("of_no_class") long ofNoClass) {}

  public ScoredInputs {
    models = List.copyOf(models);
  }

  /** The SHA-256 of the file of labels; empty if the dataset's labels were used. */
  public String truthHash() {
    return truth == null ? "" : truth.hash();
  }

  /**
   * @param output the directory of the scores
   */
  static ScoredInputs of(
      Dataset dataset, List<ScoredModel> models, OtherTruth truth, Location output) {
    List<ScoredModel> recorded = models.stream().map(model -> model.recordedIn(output)).toList();
    return new ScoredInputs(
        RecordedPlace.of(dataset.location(), output),
        dataset.hash(),
        ScoredModel.directories(recorded),
        ScoredModel.hash(recorded),
        recorded,
        truth);
  }
}
