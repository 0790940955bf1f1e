package dev.alexnet.ops.report;

import dev.alexnet.pipelines.score.Prediction;

/**
 * A line of the predictions.
 *
 * @param row its place among the lines, which is the image's place in the dataset
 */
record PredictionRow(long row, Prediction prediction) {

  boolean isScored() {
    return prediction.isScored();
  }

  boolean hasGuesses() {
    return !prediction.top5().isEmpty();
  }

  /** The most probable class. */
  int guess() {
    return prediction.top5().get(0);
  }

  /** The probability that the model gives it. */
  double confidence() {
    return prediction.probabilities().get(0);
  }

  /** Whether the image's class is less probable than the most probable one. */
  boolean isWrong() {
    return isScored() && prediction.top1Credit() == 0;
  }
}
