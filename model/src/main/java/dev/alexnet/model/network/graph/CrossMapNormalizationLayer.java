package dev.alexnet.model.network.graph;

import dev.alexnet.model.kernel.Cast;
import dev.alexnet.model.kernel.Kernels;
import dev.alexnet.model.network.Execution;
import dev.alexnet.model.network.LayerSpec;
import dev.alexnet.model.network.MapShape;
import dev.alexnet.model.network.Pass;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Local response normalisation across the maps of a tower.
 *
 * @param <E> the type that it computes in, whatever the type of its input
 */
final class CrossMapNormalizationLayer<T extends TFloating, E extends TFloating>
    extends TowerwiseLayer<T> {
  private final Class<E> exact;
  private final Execution.LayerKernels kernels;
  private final Kernels.Response response;
  private final List<Operand<E>> inputs = new ArrayList<>();
  private final List<Operand<E>> outputs = new ArrayList<>();

  CrossMapNormalizationLayer(
      LayerSpec.CrossMapNormalization spec,
      MapShape input,
      TowerScopes scopes,
      Execution.LayerKernels kernels,
      Class<E> exact) {
    super(spec.name(), input, scopes);
    this.exact = exact;
    this.kernels = kernels;
    this.response =
        new Kernels.Response(
            spec.size() / 2, (float) spec.k(), (float) spec.alpha(), (float) spec.beta());
  }

  @Override
  Operand<T> forward(Ops tf, int tower, Operand<T> input) {
    Operand<E> converted = Cast.to(tf, input, exact);
    Operand<E> normalized = kernels.in(Pass.FORWARD).normalize(tf, converted, response);
    inputs.add(converted);
    outputs.add(normalized);
    return Cast.to(tf, normalized, input.type());
  }

  @Override
  Operand<T> backward(Ops tf, int tower, Operand<T> gradient, Operand<T> input, Operand<T> output) {
    Operand<E> byInput =
        kernels
            .in(Pass.INPUT_GRADIENT)
            .normalizeGradient(
                tf, Cast.to(tf, gradient, exact), inputs.get(tower), outputs.get(tower), response);
    return Cast.to(tf, byInput, input.type());
  }
}
