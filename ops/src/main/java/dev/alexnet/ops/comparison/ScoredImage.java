package dev.alexnet.ops.comparison;

import dev.alexnet.pipelines.score.Prediction;

/**
 * What a comparison needs of the prediction for an image.
 *
 * @param id of the image
 * @param label its class; −1 if it is not known
 * @param scored whether it counts in the errors
 * @param top1Credit 1 if the class is the most probable one, less if it ties
 * @param top5Credit the same for the five most probable classes
 * @param guess the most probable class; −1 if the image could not be decoded
 * @param confidence the probability of that class, 0 to 1
 */
record ScoredImage(
    String id,
    long label,
    boolean scored,
    double top1Credit,
    double top5Credit,
    int guess,
    double confidence) {

  static ScoredImage of(Prediction prediction) {
    boolean decoded = !prediction.top5().isEmpty();
    return new ScoredImage(
        prediction.image(),
        prediction.label(),
        prediction.isScored(),
        prediction.top1Credit(),
        prediction.top5Credit(),
        decoded ? prediction.top5().get(0) : -1,
        decoded ? prediction.probabilities().get(0) : 0);
  }

  /** How errors write it. */
  String described() {
    return id
        + (label < 0 ? " without a label" : " with the label " + label)
        + (label < 0 || scored ? "" : ", which was not scored");
  }

  /**
   * Whether it is the same image, of which the same is known.
   *
   * @param hasOneLabel if several classes are right, each model has the most probable one as label
   */
  boolean isSameAs(ScoredImage other, boolean hasOneLabel) {
    return id.equals(other.id) && scored == other.scored && (label == other.label || !hasOneLabel);
  }
}
