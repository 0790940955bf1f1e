package dev.alexnet.model.network.graph;

import dev.alexnet.model.kernel.Kernels;
import dev.alexnet.model.network.Execution;
import dev.alexnet.model.network.LayerSpec;
import dev.alexnet.model.network.MapShape;
import dev.alexnet.model.network.Pass;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** Maximum over windows. */
final class MaxPoolingLayer<T extends TFloating> extends TowerwiseLayer<T> {
  private final Execution.LayerKernels kernels;
  private final Kernels.Window window;

  MaxPoolingLayer(
      LayerSpec.MaxPooling spec,
      MapShape input,
      TowerScopes scopes,
      Execution.LayerKernels kernels) {
    super(
        spec.name(), new MapShape(MapShape.poolingSide(input.side(), spec), input.maps()), scopes);
    this.kernels = kernels;
    this.window =
        new Kernels.Window(
            spec.size(), spec.stride(), spec.size() == spec.stride() ? "SAME" : "VALID");
  }

  @Override
  Operand<T> forward(Ops tf, int tower, Operand<T> input) {
    return kernels.in(Pass.FORWARD).maximum(tf, input, window);
  }

  @Override
  Operand<T> backward(Ops tf, int tower, Operand<T> gradient, Operand<T> input, Operand<T> output) {
    return kernels.in(Pass.INPUT_GRADIENT).maximumGradient(tf, gradient, input, output, window);
  }
}
