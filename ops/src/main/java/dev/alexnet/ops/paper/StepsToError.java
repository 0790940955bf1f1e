package dev.alexnet.ops.paper;

import dev.alexnet.ops.paper.TrainingCurves.Point;
import java.util.List;

/**
 * How many steps a training took until its error on the training set was low enough, as figure 1
 * compares activations. The error at a step is the mean over the epoch before it, in which every
 * image was seen once, because that of a few batches is low by luck long before.
 *
 * @param name what tables call the training
 * @param steps null if the error was never low enough
 * @param stepsPerEpoch how many steps an epoch has
 * @param lowest the lowest training error, 0 to 1
 * @param trained how many steps the training had
 */
public record StepsToError(
    String name, Long steps, double stepsPerEpoch, double lowest, long trained) {
  private static final String TRAINING_ERROR = "train/top1_error";

  /**
   * @param curves of a training
   * @param most the error to reach, 0 to 1
   * @return null if the training has not finished an epoch
   */
  static StepsToError of(String name, TrainingCurves curves, double most) {
    List<Point> errors = curves.all(TRAINING_ERROR);
    if (errors.isEmpty() || curves.stepsPerEpoch().isEmpty()) {
      return null;
    }
    double epoch = curves.stepsPerEpoch().getAsDouble();
    double apart = errors.get(0).step();
    int together = (int) Math.max(1, Math.round(epoch / apart));
    Long steps = null;
    double lowest = 1;
    for (int end = together; end <= errors.size(); end++) {
      List<Point> epochBefore = errors.subList(end - together, end);
      double mean = epochBefore.stream().mapToDouble(Point::value).average().orElseThrow();
      lowest = Math.min(lowest, mean);
      if (steps == null && mean <= most) {
        steps = Math.round(errors.get(end - 1).step());
      }
    }
    long trained = Math.round(errors.get(errors.size() - 1).step());
    return new StepsToError(name, steps, epoch, lowest, trained);
  }
}
