package dev.alexnet.ops.report;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.DatasetManifest;
import dev.alexnet.model.prediction.FirstFilters;
import dev.alexnet.model.prediction.ModelDescription;
import dev.alexnet.model.prediction.Predictor;
import dev.alexnet.model.training.Trainer;
import dev.alexnet.ops.picture.ClassNames;
import dev.alexnet.ops.picture.NeighbourPicture;
import dev.alexnet.ops.similarity.Neighbours;
import dev.alexnet.ops.similarity.SimilarImages;
import dev.alexnet.pipelines.score.Scores;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that a report is made of, read, and found to belong together.
 *
 * @param summary of the predictions
 * @param model of which filters and settings are shown
 * @param curves of its training; null where no training was given
 * @param neighbours rows of pictures with those most like them; empty where none were given
 * @param manifest of the dataset; null where it is not there
 * @param files JPEG by row of the predictions, of the images that are shown
 */
record Material(
    Scores scores,
    PredictionSummary summary,
    ModelDescription model,
    ClassNames names,
    FirstFilters filters,
    TrainingCurves curves,
    List<NeighbourPicture.Row> neighbours,
    DatasetManifest manifest,
    Map<Long, byte[]> files,
    PaperComparison comparison) {

  static Material read(ObjectStore store, ReportSettings settings) {
    Scores scores = scores(store, settings.scores());
    Location directory =
        settings.training() == null
            ? new Location(scores.models().get(0).directory())
            : settings.training().resolve(Trainer.MODEL);
    ModelDescription model = Predictor.describe(store, directory);
    Dataset dataset = dataset(store, settings, scores);
    requireFit(settings, scores, directory, model, dataset);
    TrainingCurves curves =
        settings.training() == null ? null : TrainingCurves.read(store, settings.training());
    PredictionSummary summary = PredictionSummary.read(store, settings.scores(), scores);
    List<PredictionRow> shown = new ArrayList<>(summary.samples());
    shown.addAll(summary.mistakes());
    DatasetManifest manifest = dataset == null ? null : dataset.manifest();
    return new Material(
        scores,
        summary,
        model,
        new ClassNames(model.labels()),
        FirstFilters.of(store, directory),
        curves,
        neighbours(store, settings, scores),
        manifest,
        dataset == null ? Map.of() : ScoredPictures.read(dataset, shown),
        PaperComparison.of(scores, manifest));
  }

  private static List<NeighbourPicture.Row> neighbours(
      ObjectStore store, ReportSettings settings, Scores scores) {
    if (settings.similar() == null) {
      return List.of();
    }
    Neighbours found = SimilarImages.read(store, settings.similar());
    if (scores.models().stream().noneMatch(each -> each.hash().equals(found.modelHash()))) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          settings.similar()
              + " has neighbours that another model found, "
              + found.model()
              + "; find them again with the model that was scored, or leave out --similar");
    }
    return SimilarImages.rowsOf(store, settings.similar(), found);
  }

  private static Scores scores(ObjectStore store, Location directory) {
    Location file = directory.resolve(Scores.FILE);
    if (!store.exists(file)) {
      throw new Failure(
          Failure.Kind.INPUT_MISSING,
          "There are no scores at "
              + directory
              + " (no "
              + Scores.FILE
              + "); make them with 'alexnet score', or finish a run that was interrupted by running"
              + " the same command again");
    }
    Scores scores = Scores.read(store, file);
    if (scores.models().isEmpty()) {
      throw new Failure(Failure.Kind.BAD_DATA, file + " names no model; score again");
    }
    return scores;
  }

  private static Dataset dataset(ObjectStore store, ReportSettings settings, Scores scores) {
    Location place = settings.data() == null ? new Location(scores.dataset()) : settings.data();
    if (settings.data() == null && !Dataset.isAt(store, place)) {
      return null;
    }
    Dataset dataset = Dataset.open(store, place);
    if (!dataset.hash().equals(scores.datasetHash())) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          place
              + " is not the dataset that "
              + settings.scores()
              + " counts: the SHA-256 of its manifest is "
              + dataset.hash()
              + ", and theirs is "
              + scores.datasetHash()
              + ". Score it again, or say with --data where the dataset is");
    }
    return dataset;
  }

  private static void requireFit(
      ReportSettings settings,
      Scores scores,
      Location directory,
      ModelDescription model,
      Dataset dataset) {
    String difference =
        dataset == null ? "" : dataset.manifest().labels().differenceFrom(model.labels());
    if (difference.isEmpty() && scores.classes() != model.classes().size()) {
      difference = scores.classes() + " classes against " + model.classes().size();
    }
    if (!difference.isEmpty()) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "The classes of "
              + settings.scores()
              + " and "
              + directory
              + " differ: "
              + difference
              + ". Give --training the work directory of the model that was scored");
    }
    if (scores.models().stream().noneMatch(each -> each.hash().equals(model.savedModelHash()))) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          settings.scores()
              + " are not of the model at "
              + directory
              + ": they name a SavedModel of SHA-256 "
              + scores.models().get(0).hash()
              + ", and that one's is "
              + model.savedModelHash()
              + ". Score it again, or give --training the work directory of the model that was"
              + " scored");
    }
  }

  /** Why the images are not shown; empty where they are. */
  String picturesMissing() {
    return manifest == null
        ? " They are not shown, because the dataset is not at "
            + scores.dataset()
            + " any more: --data says where it is."
        : "";
  }

  Map<Integer, Long> imagesOfLabel() {
    Map<Integer, Long> images = new TreeMap<>();
    summary.classes().forEach(errors -> images.put(errors.label(), errors.images()));
    return images;
  }
}
