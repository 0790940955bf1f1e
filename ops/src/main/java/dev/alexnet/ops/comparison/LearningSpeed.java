package dev.alexnet.ops.comparison;

import dev.alexnet.ops.paper.StepsToError;
import java.util.List;
import java.util.OptionalLong;

/**
 * How many steps trainings took until their error on the training set was low enough.
 *
 * @param trainingError the error, 0 to 1
 * @param trainings those whose logs were found
 * @param notFound the names of the others
 */
record LearningSpeed(double trainingError, List<StepsToError> trainings, List<String> notFound) {
  LearningSpeed {
    trainings = List.copyOf(trainings);
    notFound = List.copyOf(notFound);
  }

  /** The fewest steps of any; empty if none has got there. */
  OptionalLong fewest() {
    return trainings.stream()
        .filter(training -> training.steps() != null)
        .mapToLong(StepsToError::steps)
        .min();
  }
}
