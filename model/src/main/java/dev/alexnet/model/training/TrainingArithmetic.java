package dev.alexnet.model.training;

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
   * @param images that an epoch shows, of which the last batch may have fewer
   * @param validates whether a validation computes the forward pass, in float32
   */
  static CheckedArithmetic check(
      AlexNetSpec network,
      int classes,
      Execution execution,
      int batch,
      long images,
      boolean validates) {
    List<Integer> batches =
        Stream.of(batch, (int) (images % batch)).filter(size -> size > 0).toList();
    ArithmeticCheck check =
        new ArithmeticCheck(batches, SessionConfiguration.of(execution.placement()));
    CheckedArithmetic training = check.run(network, classes, execution, Pass.TRAINING);
    return validates && execution.precision() != Precision.FP32
        ? training.and(check.run(network, classes, execution.in(Precision.FP32), Pass.INFERENCE))
        : training;
  }
}
