package dev.alexnet.model.network.graph;

import dev.alexnet.model.network.MapShape;
import dev.alexnet.model.network.Parameter;
import dev.alexnet.model.network.ParameterGradients;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * A layer in a graph. It builds its forward operations and, from the same tensors, its derivative.
 * Every operation, also of the backward pass, is on the device of its tower.
 *
 * <p>Activations are lists with one entry per tower: {@code [batch, side, side, maps]} or {@code
 * [batch, units]}.
 */
interface Layer<T extends TFloating> {

  /** The shape of one tower's output. */
  MapShape outputShape();

  /** The parameters of all towers. */
  List<Parameter> parameters();

  /** Builds the forward pass; called once. */
  List<Operand<T>> forward(List<Operand<T>> inputs);

  /**
   * Builds the backward pass; called once, after {@link #forward}.
   *
   * @param gradients of the loss with respect to the outputs
   * @param parameterGradients receives the gradients of the parameters
   * @return the gradients with respect to the inputs; empty if the inputs are the images
   */
  List<Operand<T>> backward(List<Operand<T>> gradients, ParameterGradients parameterGradients);
}
