package dev.alexnet.model.network.graph;

import dev.alexnet.model.network.MapShape;
import dev.alexnet.model.network.Parameter;
import dev.alexnet.model.network.ParameterGradients;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * A layer in a graph. It builds its forward operations and, from the same tensors, its derivative:
 * every operation, of the backward pass too, is made on the device of its tower.
 *
 * <p>Activations are lists with an entry a tower: {@code [batch, side, side, maps]} or {@code
 * [batch, units]}.
 */
interface Layer<T extends TFloating> {

  /** The shape of what one tower gives out. */
  MapShape outputShape();

  /** The parameters of all towers. */
  List<Parameter> parameters();

  /** Builds the forward pass; called once. */
  List<Operand<T>> forward(List<Operand<T>> inputs);

  /**
   * Builds the backward pass; called once, after {@link #forward}.
   *
   * @param gradients of the loss by the outputs
   * @param parameterGradients where the gradients of the parameters go
   * @return the gradients by the inputs; empty where the inputs are the images
   */
  List<Operand<T>> backward(List<Operand<T>> gradients, ParameterGradients parameterGradients);
}
