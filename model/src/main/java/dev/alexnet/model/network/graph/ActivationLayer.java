package dev.alexnet.model.network.graph;

import dev.alexnet.model.network.MapShape;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** A function of each value whose derivative follows from its output. */
final class ActivationLayer<T extends TFloating> extends TowerwiseLayer<T> {
  private final Function<T> function;
  private final Gradient<T> gradient;

  /** The function of all values. */
  interface Function<T extends TFloating> {
    Operand<T> of(Ops tf, Operand<T> input);
  }

  /** The gradient of the inputs, from those of the outputs. */
  interface Gradient<T extends TFloating> {
    Operand<T> of(Ops tf, Operand<T> ofOutput, Operand<T> output);
  }

  ActivationLayer(
      String name, MapShape input, TowerScopes scopes, Function<T> function, Gradient<T> gradient) {
    super(name, input, scopes);
    this.function = function;
    this.gradient = gradient;
  }

  @Override
  Operand<T> forward(Ops tf, int tower, Operand<T> input) {
    return function.of(tf, input);
  }

  @Override
  Operand<T> backward(Ops tf, int tower, Operand<T> ofOutput, Operand<T> input, Operand<T> output) {
    return gradient.of(tf, ofOutput, output);
  }
}
