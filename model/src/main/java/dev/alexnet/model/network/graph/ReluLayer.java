package dev.alexnet.model.network.graph;

import dev.alexnet.model.network.Execution;
import dev.alexnet.model.network.LayerSpec;
import dev.alexnet.model.network.MapShape;
import dev.alexnet.model.network.Pass;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** {@code max(x, 0)}. */
final class ReluLayer<T extends TFloating> extends TowerwiseLayer<T> {
  private final Execution.LayerKernels kernels;

  ReluLayer(
      LayerSpec.Relu spec, MapShape input, TowerScopes scopes, Execution.LayerKernels kernels) {
    super(spec.name(), input, scopes);
    this.kernels = kernels;
  }

  @Override
  Operand<T> forward(Ops tf, int tower, Operand<T> input) {
    return kernels.in(Pass.FORWARD).rectify(tf, input);
  }

  @Override
  Operand<T> backward(Ops tf, int tower, Operand<T> gradient, Operand<T> input, Operand<T> output) {
    return kernels.in(Pass.INPUT_GRADIENT).rectifyGradient(tf, gradient, output);
  }
}
