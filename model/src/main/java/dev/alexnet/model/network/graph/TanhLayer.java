package dev.alexnet.model.network.graph;

import dev.alexnet.model.network.Execution;
import dev.alexnet.model.network.LayerSpec;
import dev.alexnet.model.network.MapShape;
import dev.alexnet.model.network.Pass;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** The hyperbolic tangent. */
final class TanhLayer<T extends TFloating> extends TowerwiseLayer<T> {
  private final Execution.LayerKernels kernels;

  TanhLayer(
      LayerSpec.Tanh spec, MapShape input, TowerScopes scopes, Execution.LayerKernels kernels) {
    super(spec.name(), input, scopes);
    this.kernels = kernels;
  }

  @Override
  Operand<T> forward(Ops tf, int tower, Operand<T> input) {
    return kernels.in(Pass.FORWARD).tangent(tf, input);
  }

  @Override
  Operand<T> backward(Ops tf, int tower, Operand<T> gradient, Operand<T> input, Operand<T> output) {
    return kernels.in(Pass.INPUT_GRADIENT).tangentGradient(tf, gradient, output);
  }
}
