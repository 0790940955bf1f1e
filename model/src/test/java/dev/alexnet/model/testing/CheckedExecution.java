package dev.alexnet.model.testing;

import dev.alexnet.model.arithmetic.ArithmeticCheck;
import dev.alexnet.model.arithmetic.CheckedArithmetic;
import dev.alexnet.model.kernel.Kernels;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.Execution;
import dev.alexnet.model.network.Pass;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.network.Precision;
import java.util.List;
import org.tensorflow.proto.ConfigProto;

/**
 * Executions with checked arithmetic, as in a training, so that results are correct on every
 * processor.
 */
public final class CheckedExecution {
  private CheckedExecution() {}

  /** In float32. */
  public static Execution of(AlexNetSpec network, int classes, Placement placement) {
    return of(network, classes, placement, Precision.FP32);
  }

  /** In a precision, with a validation in float32. */
  public static Execution of(
      AlexNetSpec network, int classes, Placement placement, Precision precision) {
    ConfigProto configuration =
        ConfigProto.newBuilder().putDeviceCount("CPU", placement.cpuDevices()).build();
    ArithmeticCheck check = new ArithmeticCheck(List.of(4, 1), configuration);
    Execution usual = Execution.on(placement, precision);
    CheckedArithmetic checked = check.run(network, classes, usual, Pass.TRAINING);
    if (precision != Precision.FP32) {
      checked = checked.and(check.run(network, classes, Execution.on(placement), Pass.INFERENCE));
    }
    return usual.by(checked.over(Kernels.ofTensorFlow()));
  }
}
