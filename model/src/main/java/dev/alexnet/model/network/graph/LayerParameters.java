package dev.alexnet.model.network.graph;

import dev.alexnet.model.kernel.Cast;
import dev.alexnet.model.network.Execution;
import dev.alexnet.model.network.LayerSpec;
import dev.alexnet.model.network.Parameter;
import dev.alexnet.model.network.ParameterGradients;
import dev.alexnet.model.network.ParameterValues;
import dev.alexnet.model.network.Pass;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** The weights and biases of a layer: a pair for each tower that computes it. */
final class LayerParameters {
  private final TowerScopes scopes;
  private final Execution.LayerKernels kernels;
  private final ParameterValues values;
  private final List<Parameter> weights = new ArrayList<>();
  private final List<Parameter> biases = new ArrayList<>();

  /**
   * @param towers how many towers compute the layer
   * @param shape of a tower's weights; the last dimension is the number of outputs
   */
  LayerParameters(
      String layer,
      LayerSpec.Initial initial,
      int towers,
      TowerScopes scopes,
      Execution.LayerKernels kernels,
      ParameterValues values,
      long... shape) {
    this.scopes = scopes;
    this.kernels = kernels;
    this.values = values;
    for (int tower = 0; tower < towers; tower++) {
      weights.add(Parameter.weights(layer, tower, initial, shape));
      biases.add(Parameter.biases(layer, tower, initial, shape[shape.length - 1]));
    }
  }

  /** All weights before all biases. */
  List<Parameter> all() {
    List<Parameter> all = new ArrayList<>(weights);
    all.addAll(biases);
    return all;
  }

  /** A tower's weights in the precision of the activations; called once per tower. */
  <T extends TFloating> Operand<T> weights(Ops tf, int tower, Class<T> type) {
    return value(tf, tower, weights.get(tower), type);
  }

  /** Adds a tower's biases to its result; called once per tower. */
  <T extends TFloating> Operand<T> addBiases(Ops tf, int tower, Operand<T> computed) {
    return kernels
        .in(Pass.FORWARD)
        .addBiases(tf, computed, value(tf, tower, biases.get(tower), computed.type()));
  }

  private <T extends TFloating> Operand<T> value(
      Ops tf, int tower, Parameter parameter, Class<T> type) {
    return Cast.to(tf, values.value(scopes.parameters(tower), parameter), type);
  }

  /** The shape of every tower's weights. */
  int[] weightShape() {
    long[] sizes = weights.get(0).shape().asArray();
    int[] shape = new int[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      shape[i] = Math.toIntExact(sizes[i]);
    }
    return shape;
  }

  /**
   * Passes on a tower's gradients.
   *
   * @param byOutput the gradient of the loss with respect to the tower's output, whose sums are the
   *     gradients of the biases
   */
  void accept(
      Ops tf,
      int tower,
      Operand<? extends TFloating> byOutput,
      Operand<? extends TFloating> byWeights,
      ParameterGradients gradients) {
    gradients.accept(
        biases.get(tower),
        Cast.toFloat32(tf, kernels.in(Pass.BIAS_GRADIENT).biasGradient(tf, byOutput)));
    gradients.accept(weights.get(tower), Cast.toFloat32(tf, byWeights));
  }
}
