package dev.alexnet.pipelines.score;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.RecordedPlace;
import dev.alexnet.model.prediction.Ensemble;
import dev.alexnet.model.prediction.ModelDescription;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One of the models that were scored together.
 *
 * @param directory its location
 * @param hash the SHA-256 of its SavedModel
 * @param weight its weight; the weights of all models sum to 1
 * @param preset the network's name
 * @param steps how many steps it was trained for
 * @param datasetHash the SHA-256 of its training set's manifest
 */
public record ScoredModel(
    @JsonProperty("directory") String directory,
    @JsonProperty("hash") String hash,
    @JsonProperty("weight") double weight,
    @JsonProperty("preset") String preset,
    @JsonProperty("steps") long steps,
    @JsonProperty("dataset_hash") String datasetHash) {

  /**
   * @param descriptions one for each member
   */
  static List<ScoredModel> of(List<Ensemble.Member> members, List<ModelDescription> descriptions) {
    List<ScoredModel> models = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      ModelDescription description = descriptions.get(i);
      models.add(
          new ScoredModel(
              members.get(i).model().value(),
              description.savedModelHash(),
              members.get(i).weight(),
              description.preset(),
              description.steps(),
              description.datasetHash()));
    }
    return models;
  }

  /** With its location as scores in a directory record it. */
  ScoredModel recordedIn(Location output) {
    String recorded = RecordedPlace.of(new Location(directory), output);
    return new ScoredModel(recorded, hash, weight, preset, steps, datasetHash);
  }

  static String directories(List<ScoredModel> models) {
    return models.stream().map(ScoredModel::directory).collect(Collectors.joining(", "));
  }

  /** A hash that identifies the models together; for a single model, its own hash. */
  static String hash(List<ScoredModel> models) {
    if (models.size() == 1) {
      return models.get(0).hash();
    }
    String all =
        models.stream()
            .map(model -> model.hash() + " " + model.weight() + "\n")
            .collect(Collectors.joining());
    return Sha256.of(all.getBytes(StandardCharsets.UTF_8));
  }
}
