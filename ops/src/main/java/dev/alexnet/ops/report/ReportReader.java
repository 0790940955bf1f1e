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
import dev.alexnet.ops.paper.PaperComparison;
import dev.alexnet.ops.paper.ScoredDataset;
import dev.alexnet.ops.paper.TrainingCurves;
import dev.alexnet.ops.paper.TrainingFacts;
import dev.alexnet.ops.picture.ClassNames;
import dev.alexnet.ops.picture.NeighbourPicture;
import dev.alexnet.ops.similarity.NeighbourFiles;
import dev.alexnet.ops.similarity.Neighbours;
import dev.alexnet.pipelines.score.Predictions;
import dev.alexnet.pipelines.score.ScoredModel;
import dev.alexnet.pipelines.score.Scores;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the data of a report, and checks that they belong together. */
final class ReportReader {
  private final ObjectStore store;
  private final NeighbourFiles neighbourFiles;

  ReportReader(ObjectStore store, NeighbourFiles neighbourFiles) {
    this.store = store;
    this.neighbourFiles = neighbourFiles;
  }

  ReportData read(ReportSettings settings) {
    Scores scores = scores(settings.scores());
    Location directory = model(settings, scores);
    ModelDescription model = Predictor.describe(store, directory);
    Dataset dataset =
        ScoredDataset.find(store, settings.scores(), scores, settings.data()).orElse(null);
    requireFit(settings, scores, directory, model, dataset);
    TrainingCurves curves =
        settings.training() == null ? null : TrainingCurves.read(store, settings.training());
    PredictionSummary summary = PredictionSummary.read(store, settings.scores(), scores);
    Predictions.requireTotals(store, settings.scores(), scores);
    List<PredictionRow> shown = new ArrayList<>(summary.samples());
    shown.addAll(summary.mistakes());
    DatasetManifest manifest = dataset == null ? null : dataset.manifest();
    return new ReportData(
        scores,
        summary,
        model,
        new ClassNames(model.labels()),
        FirstFilters.of(store, directory),
        curves,
        neighbours(settings, scores),
        manifest,
        dataset == null ? Map.of() : ScoredPictures.read(dataset, shown),
        PaperComparison.of(
            scores, manifest, new TrainingFacts(store, settings.scores())::settings));
  }

  private List<NeighbourPicture.Row> neighbours(ReportSettings settings, Scores scores) {
    if (settings.similar() == null) {
      return List.of();
    }
    Neighbours found = neighbourFiles.read(settings.similar());
    if (scores.inputs().models().stream()
        .noneMatch(each -> each.hash().equals(found.modelHash()))) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          settings.similar()
              + " has neighbours that were found by another model, "
              + found.model()
              + "; find them again with the model that was scored, or leave out --similar");
    }
    return neighbourFiles.rows(settings.similar(), found);
  }

  private Scores scores(Location directory) {
    Location file = directory.resolve(Scores.FILE);
    if (!store.exists(file)) {
      throw new Failure(
          Failure.Kind.INPUT_MISSING,
          "There are no scores at "
              + directory
              + " (no "
              + Scores.FILE
              + "); make them with 'alexnet score'; if a run was interrupted, finish it by running"
              + " the same command again");
    }
    Scores scores = Scores.read(store, file);
    if (scores.inputs().models().isEmpty()) {
      throw new Failure(Failure.Kind.BAD_DATA, file + " names no model; score again");
    }
    return scores;
  }

  private Location model(ReportSettings settings, Scores scores) {
    if (settings.model() != null) {
      return settings.model();
    }
    if (settings.training() != null) {
      return settings.training().resolve(Trainer.MODEL);
    }
    ScoredModel first = scores.inputs().models().get(0);
    return new TrainingFacts(store, settings.scores())
        .place(first)
        .orElseThrow(
            () ->
                new Failure(
                    Failure.Kind.INPUT_MISSING,
                    "The model of %s is no longer at %s; give its place with --model, or that of its training with --training"
                        .formatted(settings.scores(), first.directory())));
  }

  private static void requireFit(
      ReportSettings settings,
      Scores scores,
      Location directory,
      ModelDescription model,
      Dataset dataset) {
    String difference =
        dataset == null || dataset.manifest().labels().isPartOf(model.labels())
            ? ""
            : dataset.manifest().labels().differenceFrom(model.labels());
    if (difference.isEmpty() && scores.counts().classes() != model.classes().size()) {
      difference = scores.counts().classes() + " classes against " + model.classes().size();
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
              + ". Give --model the model that was scored");
    }
    if (scores.inputs().models().stream()
        .noneMatch(each -> each.hash().equals(model.savedModelHash()))) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          settings.scores()
              + " were not made with the model at "
              + directory
              + ": they name a SavedModel with SHA-256 "
              + scores.inputs().models().get(0).hash()
              + ", and that model has "
              + model.savedModelHash()
              + ". Score it again, or give --model the model that was scored");
    }
  }
}
