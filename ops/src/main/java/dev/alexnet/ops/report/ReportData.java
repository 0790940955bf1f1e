package dev.alexnet.ops.report;

import dev.alexnet.model.dataset.DatasetManifest;
import dev.alexnet.model.prediction.FirstFilters;
import dev.alexnet.model.prediction.ModelDescription;
import dev.alexnet.ops.picture.ClassNames;
import dev.alexnet.ops.picture.NeighbourPicture;
import dev.alexnet.pipelines.score.Scores;
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

  /** Why the images are not shown; empty where they are. */
  String picturesMissing() {
    return manifest == null
        ? " They are not shown, because the dataset is not at "
            + scores.inputs().dataset()
            + " any more: --data says where it is."
        : "";
  }

  Map<Integer, Long> imagesOfLabel() {
    Map<Integer, Long> images = new TreeMap<>();
    summary.classes().forEach(errors -> images.put(errors.label(), errors.images()));
    return images;
  }
}
