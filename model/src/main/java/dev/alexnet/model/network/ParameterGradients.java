package dev.alexnet.model.network;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Receives the gradient of the loss with respect to each parameter, in the parameter's shape and on
 * its device.
 */
@FunctionalInterface
public interface ParameterGradients {
  void accept(Parameter parameter, Operand<TFloat32> gradient);
}
