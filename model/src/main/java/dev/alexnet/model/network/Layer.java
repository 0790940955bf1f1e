package dev.alexnet.model.network;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A layer in a graph. It builds its forward operations and, from the same tensors, its derivative:
 * every operation, of the backward pass too, is made on the device of its tower.
 *
 * <p>Activations are lists with an entry a tower: {@code [batch, side, side, maps]} or {@code
 * [batch, units]}.
 */
interface Layer {

  /** The shape of what one tower gives out. */
  MapShape outputShape();

  /** The parameters of all towers. */
  List<Parameter> parameters();

  /** Builds the forward pass; called once. */
  List<Operand<TFloat32>> forward(List<Operand<TFloat32>> inputs);

  /**
   * Builds the backward pass; called once, after {@link #forward}.
   *
   * @param gradients of the loss by the outputs
   * @param parameterGradients where the gradients of the parameters go
   * @return the gradients by the inputs; empty where the inputs are the images
   */
  List<Operand<TFloat32>> backward(
      List<Operand<TFloat32>> gradients, ParameterGradients parameterGradients);
}
