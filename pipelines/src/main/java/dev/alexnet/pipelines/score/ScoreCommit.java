package dev.alexnet.pipelines.score;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.reading.ObjectStream;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.PendingObject;
import dev.alexnet.infra.storage.RecordedPlace;
import dev.alexnet.infra.text.Quantity;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.Labels;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.prediction.Ensemble;
import dev.alexnet.model.prediction.ModelDescription;
import dev.alexnet.pipelines.output.ResultOutput;
import dev.alexnet.pipelines.score.statistics.FoundWeights;
import dev.alexnet.pipelines.score.statistics.RankCandidates;
import dev.alexnet.pipelines.score.statistics.WeightSearch;
import dev.alexnet.pipelines.truth.Truth;
import dev.alexnet.pipelines.truth.TruthFile;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Joins the rows of a small set's shards and writes the totals, {@code scores.json} last. */
final class ScoreCommit {
  private static final String ONE_CLASS =
      "The dataset and the model have one class, so every guess is right, and the errors say"
          + " nothing. If there should be more classes, check what was converted and trained";

  private final ObjectStore store;
  private final ScoreSettings settings;
  private final String truthHash;
  private final ResultOutput place;

  /**
   * @param truthHash of the labels that are used in place of the dataset's; empty if its own are
   */
  ScoreCommit(ObjectStore store, ScoreSettings settings, String truthHash) {
    this.store = store;
    this.settings = settings;
    this.truthHash = truthHash;
    this.place = RowFiles.outputOf(store, settings.output());
  }

  /**
   * Skips what is already done: an engine may repeat this step after the rows were deleted.
   *
   * @param shards all shards, in order
   */
  void commit(List<ScoredShard> shards) {
    place.complete(() -> scores(shards));
  }

  private Scores scores(List<ScoredShard> shards) {
    Tally total = new Tally(settings.guesses());
    shards.forEach(shard -> total.add(shard.tally()));
    Dataset dataset = Dataset.open(store, settings.data());
    RowFiles files = new RowFiles(store, settings, dataset.manifest());
    if (files.joined()) {
      joinRows(files);
    }
    place.deleteOthers(RowFiles::isOfScores, files.names());
    return scores(dataset, total, files);
  }

  private Scores scores(Dataset dataset, Tally total, RowFiles files) {
    List<Ensemble.Member> members = settings.members();
    List<ModelDescription> descriptions = Ensemble.describe(store, members);
    List<ScoredModel> models = ScoredModel.of(members, descriptions);
    Labels labels = descriptions.get(0).labels();
    SubsetErrors subset =
        settings.truth() == null && dataset.manifest().labels().isPartOf(labels)
            ? SubsetErrors.of(total, dataset.manifest().classes().size())
            : null;
    return new Scores(
        Scores.SCHEMA_VERSION,
        ImageCounts.of(total, dataset.manifest().rejected(), labels.size()),
        ErrorRates.of(total, subset),
        settings.mode(),
        ScoredInputs.of(dataset, models, truth(total), settings.output()),
        settings.findWeights() ? foundWeights(files, total) : null,
        files.written(),
        files.writtenProbabilities(),
        total.replacedOperations(),
        warnings(total, labels, subset, files));
  }

  private ScoredInputs.OtherTruth truth(Tally total) {
    return settings.truth() == null
        ? null
        : new ScoredInputs.OtherTruth(
            RecordedPlace.of(settings.truth(), settings.output()), truthHash, total.ofNoClass());
  }

  private List<String> warnings(Tally total, Labels labels, SubsetErrors subset, RowFiles files) {
    int classes = labels.size();
    if (classes == 1) {
      return List.of(ONE_CLASS);
    }
    List<String> warnings = new ArrayList<>();
    long unknown = total.unlabelled() - total.ofNoClass();
    if (settings.truth() != null && unknown > 0) {
      warnings.add(
          "%s says nothing about %,d of %,d images, so they are not scored. Check that it has the names of the dataset's images"
              .formatted(settings.truth(), unknown, total.images()));
    }
    if (settings.truth() != null) {
      unscoredLines(labels, total, files).ifPresent(warnings::add);
    }
    // A model can be better than guessing among all classes because it knows which are in the set.
    (subset == null
            ? GuessingAlarm.of(total.errorWithin(1), total.scored(), classes)
            : GuessingAlarm.of(subset.within(1), total.scored(), subset.classes()))
        .ifPresent(warnings::add);
    return warnings;
  }

  /** Which images the file of labels names that the dataset does not have. */
  private Optional<String> unscoredLines(Labels labels, Tally total, RowFiles files) {
    Truth truth = TruthFile.read(store, settings.truth(), labels).truth();
    long known = total.images() - (total.unlabelled() - total.ofNoClass());
    if (total.undecodable() == 0 && truth.imagesBesides(Set.of()).size() == known) {
      return Optional.empty();
    }
    Set<String> images = new HashSet<>();
    for (Shard file : files.written()) {
      Predictions.readFile(
          store,
          settings.output(),
          file.name(),
          0,
          (row, prediction, where) -> images.add(prediction.image()));
    }
    List<String> others = truth.imagesBesides(images);
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s is also about %s that the dataset does not have, first %s"
                .formatted(settings.truth(), Quantity.of(others.size(), "image"), others.get(0)));
  }

  private FoundWeights foundWeights(RowFiles files, Tally total) {
    if (total.scored() == 0) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "No weights can be found, because no image of "
              + settings.data()
              + " has a label. Find them on a labelled validation set, and give them here with"
              + " --weights");
    }
    int models = settings.models().size();
    List<RankCandidates> images = new ArrayList<>();
    for (int shard = 0; shard < files.shards(); shard++) {
      Location file = files.candidates(shard);
      try (DataInputStream stream =
          new DataInputStream(new BufferedInputStream(ObjectStream.open(store, file)))) {
        images.addAll(RankCandidates.readAll(stream, models));
      } catch (IOException e) {
        throw Failure.inputOutput("read", file, e);
      }
    }
    if (images.size() != total.scored()) {
      throw new IllegalStateException(
          images.size() + " images for the weights, and " + total.scored() + " were scored");
    }
    return new WeightSearch(images, models).find();
  }

  private void joinRows(RowFiles files) {
    Location file = settings.output().resolve(Scores.PREDICTIONS);
    try (PendingObject pending = store.create(file)) {
      for (int shard = 0; shard < files.shards(); shard++) {
        Location rows = files.rows(shard);
        try (InputStream stream = ObjectStream.open(store, rows)) {
          stream.transferTo(pending.stream());
        }
      }
      pending.commit();
    } catch (IOException e) {
      throw Failure.inputOutput("write", file, e);
    }
  }
}
