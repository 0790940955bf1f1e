package dev.alexnet.model.training.device;

import dev.alexnet.model.arithmetic.ArithmeticCheck;
import dev.alexnet.model.arithmetic.CheckedArithmetic;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.Execution;
import dev.alexnet.model.network.Pass;
import dev.alexnet.model.network.Precision;
import java.util.List;
import java.util.stream.Stream;

/** Checks the arithmetic of a training before its first step. */
final class TrainingArithmetic {
  private TrainingArithmetic() {}

  /**
   * @param images of the training set, and of a validation set if there is one: their last batches
   *     may have fewer
   */
  static CheckedArithmetic check(
      AlexNetSpec network, int classes, Execution execution, int batch, List<Long> images) {
    List<Integer> batches =
        Stream.concat(Stream.of(batch), images.stream().map(each -> (int) (each % batch)))
            .filter(size -> size > 0)
            .distinct()
            .toList();
    ArithmeticCheck check =
        new ArithmeticCheck(batches, SessionConfiguration.of(execution.placement()));
    CheckedArithmetic training = check.run(network, classes, execution, Pass.TRAINING);
    // A validation computes the forward pass in float32.
    return images.size() > 1 && execution.precision() != Precision.FP32
        ? training.and(check.run(network, classes, execution.in(Precision.FP32), Pass.INFERENCE))
        : training;
  }
}
