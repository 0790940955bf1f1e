package dev.alexnet.pipelines.score;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.NameList;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.prediction.ModelDescription;
import dev.alexnet.pipelines.output.WrittenFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The probabilities of models on a dataset that earlier scores kept, so nothing is predicted. */
final class KeptProbabilities implements MemberProbabilities {
  private final ObjectStore store;
  private final Dataset dataset;
  private final List<Kept> members;

  /**
   * Where a member's probabilities are.
   *
   * @param member the model's number among those of the scores
   */
  record Kept(Location directory, Scores scores, int member) {
    /** How many values a row has. */
    int columns() {
      return scores.inputs().models().size() * scores.counts().classes();
    }
  }

  private KeptProbabilities(ObjectStore store, Dataset dataset, List<Kept> members) {
    this.store = store;
    this.dataset = dataset;
    this.members = List.copyOf(members);
  }

  /**
   * Finds the probabilities of all models, without reading them.
   *
   * @param descriptions of the settings' models
   * @throws Failure of kind INPUT_MISSING if there are no scores, MISMATCH if they kept nothing,
   *     are of another dataset, were computed in another mode, or lack a model
   */
  static KeptProbabilities of(
      ObjectStore store,
      ScoreSettings settings,
      Dataset dataset,
      List<ModelDescription> descriptions) {
    List<Kept> all = new ArrayList<>();
    for (Location directory : settings.probabilities()) {
      Scores scores = scoresIn(store, directory);
      requireFit(directory, scores, settings, dataset);
      for (int member = 0; member < scores.inputs().models().size(); member++) {
        all.add(new Kept(directory, scores, member));
      }
    }
    List<Kept> members = new ArrayList<>();
    for (int i = 0; i < descriptions.size(); i++) {
      String hash = descriptions.get(i).savedModelHash();
      Location model = settings.models().get(i);
      members.add(
          all.stream()
              .filter(
                  kept -> kept.scores().inputs().models().get(kept.member()).hash().equals(hash))
              .findFirst()
              .orElseThrow(() -> lacking(model, settings)));
    }
    return new KeptProbabilities(store, dataset, members);
  }

  private static Scores scoresIn(ObjectStore store, Location directory) {
    Location file = directory.resolve(Scores.FILE);
    if (!store.exists(file)) {
      throw new Failure(
          Failure.Kind.INPUT_MISSING,
          "There are no scores at %s (no %s). Make them with 'alexnet score --keep-probabilities', or leave out --probabilities"
              .formatted(directory, Scores.FILE));
    }
    return Scores.read(store, file);
  }

  private static void requireFit(
      Location directory, Scores scores, ScoreSettings settings, Dataset dataset) {
    if (scores.probabilities().isEmpty()) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "The scores at %s kept no probabilities. Score into another directory with --keep-probabilities, or leave out --probabilities"
              .formatted(directory));
    }
    if (!scores.inputs().datasetHash().equals(dataset.hash())) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "The probabilities at %s are of the images of %s, which is not the dataset at %s as it is now. Give that dataset, or leave out --probabilities"
              .formatted(directory, scores.inputs().dataset(), dataset.location()));
    }
    if (!scores.mode().equals(settings.mode())) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "The probabilities at %s were computed with %s, and these scores need %s. Give the same options, or leave out --probabilities"
              .formatted(directory, scores.mode().asOptions(), settings.mode().asOptions()));
    }
  }

  private static Failure lacking(Location model, ScoreSettings settings) {
    return new Failure(
        Failure.Kind.MISMATCH,
        "The model %s as it is now has no probabilities at %s. Score it with --keep-probabilities, and give those scores as --probabilities too"
            .formatted(
                model,
                NameList.of(settings.probabilities().stream().map(Location::value).toList())));
  }

  /**
   * @throws Failure of kind BAD_DATA if a file is missing or differs from what was written
   */
  void requireIntact() {
    Map<Location, Scores> used = new LinkedHashMap<>();
    members.forEach(kept -> used.put(kept.directory(), kept.scores()));
    used.forEach(
        (directory, scores) -> {
          List<String> damaged = WrittenFiles.damaged(store, directory, scores.probabilities());
          if (!damaged.isEmpty()) {
            throw new Failure(
                Failure.Kind.BAD_DATA,
                "Files of probabilities at %s are missing or damaged: %s. Run the 'alexnet score' that wrote them again, which mends them, or leave out --probabilities"
                    .formatted(directory, NameList.of(damaged)));
          }
        });
  }

  @Override
  public int classes() {
    return members.get(0).scores().counts().classes();
  }

  @Override
  public List<String> replacedOperations() {
    return members.stream()
        .flatMap(kept -> kept.scores().replacedOperations().stream())
        .distinct()
        .toList();
  }

  @Override
  public OfShard open(int shard) throws IOException {
    return KeptShard.open(store, members, dataset.manifest().shards(), shard);
  }
}
