package dev.alexnet.pipelines.score;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.prediction.Ensemble;
import dev.alexnet.model.prediction.ModelDescription;
import dev.alexnet.pipelines.inference.ImageFit;
import dev.alexnet.pipelines.output.ResultOutput;
import java.util.List;
import java.util.Map;

/** Models that can be scored on a dataset, because they fit it and the settings. */
record ScorableModels(Dataset dataset, List<ModelDescription> descriptions) {
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
    requireClasses(dataset, settings);
    List<Ensemble.Member> members = settings.members();
    List<ModelDescription> descriptions = Ensemble.describe(store, members);
    for (int i = 0; i < members.size(); i++) {
      requireFit(dataset, members.get(i).model(), descriptions.get(i), settings);
    }
    return new ScorableModels(dataset, descriptions);
  }

  private static void requireClasses(Dataset dataset, ScoreSettings settings) {
    int classes = dataset.manifest().classes().size();
    int most = settings.guesses().last();
    if (most > Math.max(Tally.GUESSES, classes)) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "--top counts errors within %d guesses, but %s has %d classes, and one of %d guesses is always right; give at most %d"
              .formatted(most, settings.data(), classes, classes, classes));
    }
  }

  private static void requireFit(
      Dataset dataset, Location place, ModelDescription model, ScoreSettings settings) {
    String difference = dataset.manifest().labels().differenceFrom(model.labels());
    if (!difference.isEmpty()) {
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
    return Sha256.of(
        Json.document(
            Map.of(
                "dataset", dataset.hash(),
                "models", modelHash(settings),
                "views", settings.views(),
                "batch", settings.batch(),
                "weights", settings.findWeights())));
  }
}
