package dev.alexnet.ops.report;

import dev.alexnet.model.dataset.DatasetManifest;
import dev.alexnet.model.prediction.FirstFilters;
import dev.alexnet.model.prediction.ModelDescription;
import dev.alexnet.ops.paper.PaperComparison;
import dev.alexnet.ops.paper.TrainingCurves;
import dev.alexnet.ops.picture.ClassNames;
import dev.alexnet.ops.picture.NeighbourPicture;
import dev.alexnet.pipelines.score.Scores;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The data of a report, which belong together.
 *
 * @param summary of the predictions
 * @param model whose filters and settings are shown
 * @param curves of its training; null if no training was given
 * @param neighbours rows of pictures with the images most similar to them; empty if none were given
 * @param manifest of the dataset; null if it was not found
 * @param files JPEG by row of the predictions, of the images that are shown
 */
record ReportData(
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

  /** Why the images are not shown; empty if they are. */
  String picturesMissing() {
    return manifest == null
        ? " They are not shown because the dataset is no longer at "
            + scores.inputs().dataset()
            + "; give its new place with --data."
        : "";
  }

  Map<Integer, Long> imagesOfLabel() {
    Map<Integer, Long> images = new TreeMap<>();
    summary.classes().forEach(errors -> images.put(errors.label(), errors.images()));
    return images;
  }
}
