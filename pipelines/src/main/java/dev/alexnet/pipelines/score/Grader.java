package dev.alexnet.pipelines.score;

import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.dataset.Labels;
import dev.alexnet.pipelines.truth.Truth;
import java.util.List;

/**
 * Decides whether predictions are right: by the dataset's label, which may be of fewer classes than
 * the model's, or by other labels.
 */
final class Grader {
  private final List<Integer> modelLabels;
  private final boolean ofSubset;
  private final Truth truth;

  /**
   * @param dataset its classes, which the model has too
   * @param truth the right labels; null for the dataset's
   */
  Grader(Labels dataset, Labels model, Truth truth) {
    this.modelLabels = dataset.labelsIn(model);
    this.ofSubset = truth == null && dataset.isPartOf(model);
    this.truth = truth;
  }

  /** The model's label of the class that the dataset gives the image; −1 if it gives none. */
  long label(ImageRecord image) {
    return modelLabel(image.label());
  }

  /** The model's label of a class of the dataset; −1 stays −1. */
  long modelLabel(long label) {
    return label < 0 ? ImageRecord.NO_LABEL : modelLabels.get((int) label);
  }

  /**
   * @param probabilities of the model's classes
   */
  Prediction prediction(ImageRecord image, float[] probabilities) {
    if (truth != null) {
      return Prediction.of(image.fileName(), truth.rightLabels(image.fileName()), probabilities);
    }
    return ofSubset
        ? Prediction.among(image.fileName(), label(image), probabilities, modelLabels)
        : Prediction.of(image.fileName(), label(image), probabilities);
  }
}
