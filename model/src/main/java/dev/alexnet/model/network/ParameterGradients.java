package dev.alexnet.model.network;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Takes the gradient of the loss by each parameter, in the parameter's shape and on its device. */
@FunctionalInterface
public interface ParameterGradients {
  void accept(Parameter parameter, Operand<TFloat32> gradient);
}
