package dev.alexnet.pipelines.score;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.Labels;
import dev.alexnet.model.prediction.Ensemble;
import dev.alexnet.model.prediction.ModelDescription;
import dev.alexnet.pipelines.inference.ImageFit;
import dev.alexnet.pipelines.output.ResultOutput;
import dev.alexnet.pipelines.truth.TruthFile;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Models that can be scored on a dataset, because they fit it and the settings.
 *
 * @param truth null if the dataset's labels are right
 */
record ScorableModels(Dataset dataset, List<ModelDescription> descriptions, TruthFile truth) {
  ScorableModels {
    descriptions = List.copyOf(descriptions);
  }

  /**
   * @throws Failure as {@link ScorePipeline#run} does before it starts
   */
  static ScorableModels of(ObjectStore store, ScoreSettings settings) {
    ResultOutput.refuseDatasetOrModel(store, settings.output());
    Dataset dataset = Dataset.open(store, settings.data());
    if (dataset.manifest().records() == 0) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          settings.data() + " holds no image, so there is nothing to score; convert it again");
    }
    List<Ensemble.Member> members = settings.members();
    List<ModelDescription> descriptions = Ensemble.describe(store, members);
    for (int i = 0; i < members.size(); i++) {
      requireFit(dataset, members.get(i).model(), descriptions.get(i), settings);
    }
    Labels labels = descriptions.get(0).labels();
    requireClasses(
        dataset.manifest().labels().isPartOf(labels) ? members.get(0).model() : settings.data(),
        labels,
        settings);
    TruthFile truth =
        settings.truth() == null ? null : TruthFile.read(store, settings.truth(), labels);
    if (!settings.probabilities().isEmpty()) {
      KeptProbabilities.of(store, settings, dataset, descriptions).requireIntact();
    }
    if (truth != null) {
      truth.requireAnImageOf(dataset, settings.truth());
    }
    return new ScorableModels(dataset, descriptions, truth);
  }

  /** The models' classes. */
  Labels labels() {
    return descriptions.get(0).labels();
  }

  private static void requireClasses(Location place, Labels labels, ScoreSettings settings) {
    int classes = labels.size();
    int most = settings.guesses().last();
    if (most > Math.max(Tally.GUESSES, classes)) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "--top counts errors within %d guesses, but %s has %d classes, and one of %d guesses is always right; give at most %d"
              .formatted(most, place, classes, classes, classes));
    }
  }

  private static void requireFit(
      Dataset dataset, Location place, ModelDescription model, ScoreSettings settings) {
    Labels labels = dataset.manifest().labels();
    String difference = labels.differenceFrom(model.labels());
    if (!difference.isEmpty() && !labels.isPartOf(model.labels())) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "The classes of "
              + settings.data()
              + " and "
              + place
              + " differ: "
              + difference
              + ". Score a dataset that was converted with the classes of the training set");
    }
    ImageFit.require(dataset, place, model, settings.views());
  }

  /** Identifies the models with their weights. */
  String modelHash(ScoreSettings settings) {
    return ScoredModel.hash(ScoredModel.of(settings.members(), descriptions));
  }

  /**
   * The hash of everything that decides a shard's rows. The batch is part of it, because sums may
   * be added in another order in another batch.
   */
  String plan(ScoreSettings settings) {
    Map<String, Object> inputs = new TreeMap<>();
    inputs.put("dataset", dataset.hash());
    inputs.put("models", modelHash(settings));
    inputs.put("views", settings.views());
    inputs.put("batch", settings.batch());
    inputs.put("weights", settings.findWeights());
    if (settings.keepProbabilities()) {
      // Not in the plans of others, so that runs of earlier versions are resumed.
      inputs.put("keep_probabilities", true);
    }
    if (truth != null) {
      inputs.put("truth", truth.hash());
    }
    return Sha256.of(Json.document(inputs));
  }

  /** The hash of the labels that are used in place of the dataset's; empty if its own are. */
  String truthHash() {
    return truth == null ? "" : truth.hash();
  }
}
