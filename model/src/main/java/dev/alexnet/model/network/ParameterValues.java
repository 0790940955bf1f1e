package dev.alexnet.model.network;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Provides the value of each parameter: a variable in training, a constant in an exported model.
 */
@FunctionalInterface
public interface ParameterValues {
  /**
   * Called once per parameter.
   *
   * @param tf operations on the device of the parameter's tower
   */
  Operand<TFloat32> value(Ops tf, Parameter parameter);
}
