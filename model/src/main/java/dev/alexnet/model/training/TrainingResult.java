package dev.alexnet.model.training;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.arithmetic.ArithmeticSummary;

/**
 * How a training ended.
 *
 * @param model where the model is
 * @param steps how many steps it was trained in all
 * @param resumedAt the step that this run started at; 0 for the start
 * @param alreadyComplete whether the model was there and nothing was done
 * @param loss mean over the last logged training batches; NaN if nothing was done
 * @param top1Error on the validation set, 0 to 1; NaN without one
 * @param top5Error on the validation set, 0 to 1; NaN without one, or if there are five classes or
 *     fewer, because five guesses are then always right
 * @param imagesPerSecond of this run, between its first and last step
 * @param arithmetic what was checked before the first step; null if nothing was done
 */
public record TrainingResult(
    Location model,
    long steps,
    long resumedAt,
    boolean alreadyComplete,
    double loss,
    double top1Error,
    double top5Error,
    double imagesPerSecond,
    ArithmeticSummary arithmetic) {

  /** The result for a training that was already finished. */
  static TrainingResult complete(Location model, long steps) {
    return new TrainingResult(
        model, steps, steps, true, Double.NaN, Double.NaN, Double.NaN, 0, null);
  }
}
