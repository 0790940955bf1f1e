package dev.alexnet.model.network.graph;

import dev.alexnet.model.kernel.Cast;
import dev.alexnet.model.network.Execution;
import dev.alexnet.model.network.LayerSpec;
import dev.alexnet.model.network.MapShape;
import dev.alexnet.model.network.Parameter;
import dev.alexnet.model.network.ParameterGradients;
import dev.alexnet.model.network.ParameterValues;
import dev.alexnet.model.network.Pass;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * A fully connected layer: each tower has its share of the units, and each unit sees all inputs of
 * both towers, tower 0's first and within a tower in the order row, column, map.
 */
final class DenseLayer<T extends TFloating> implements Layer<T> {
  private static final int RANK = 2;

  private final LayerSpec.Dense spec;
  private final MapShape input;
  private final TowerScopes scopes;
  private final Execution.LayerKernels kernels;
  private final int inputTowers;
  private final int consumers;
  private final MapShape outputShape;
  private final LayerParameters parameters;

  private List<Operand<T>> inputs = List.of();
  private final List<Operand<T>> joined = new ArrayList<>();
  private final List<Operand<T>> matrices = new ArrayList<>();

  DenseLayer(
      LayerSpec.Dense spec,
      MapShape input,
      int classes,
      TowerScopes scopes,
      Execution.LayerKernels kernels,
      ParameterValues values) {
    this.spec = spec;
    this.input = input;
    this.scopes = scopes;
    this.kernels = kernels;
    this.inputTowers = scopes.towers();
    this.consumers = spec.whole() ? 1 : scopes.towers();
    int units = spec.units() == 0 ? classes : spec.units();
    this.outputShape = new MapShape(1, units / consumers);
    this.parameters =
        new LayerParameters(
            spec.name(),
            spec.initial(),
            consumers,
            scopes,
            kernels,
            values,
            (long) input.values() * inputTowers,
            outputShape.maps());
  }

  @Override
  public MapShape outputShape() {
    return outputShape;
  }

  @Override
  public List<Parameter> parameters() {
    return parameters.all();
  }

  @Override
  public List<Operand<T>> forward(List<Operand<T>> towerOutputs) {
    inputs = towerOutputs;
    List<Ops> forward = new ArrayList<>();
    List<Operand<T>> flat = new ArrayList<>();
    for (int tower = 0; tower < inputTowers; tower++) {
      Ops tf = scopes.forward(tower, spec.name());
      forward.add(tf);
      flat.add(tf.reshape(towerOutputs.get(tower), tf.constant(new int[] {-1, input.values()})));
    }
    List<Operand<T>> outputs = new ArrayList<>();
    for (int tower = 0; tower < consumers; tower++) {
      Ops tf = forward.get(tower);
      Operand<T> all = CrossLink.join(tf, flat, RANK);
      Operand<T> matrix = parameters.weights(tf, tower, all.type());
      joined.add(all);
      matrices.add(matrix);
      outputs.add(
          parameters.addBiases(
              tf, tower, kernels.in(Pass.FORWARD).product(tf, all, matrix, false, false)));
    }
    return outputs;
  }

  @Override
  public List<Operand<T>> backward(
      List<Operand<T>> gradients, ParameterGradients parameterGradients) {
    List<Ops> owners = new ArrayList<>();
    for (int tower = 0; tower < inputTowers; tower++) {
      owners.add(scopes.backward(tower, spec.name()));
    }
    List<Operand<T>> byJoined = new ArrayList<>();
    for (int tower = 0; tower < consumers; tower++) {
      Ops tf = owners.get(tower);
      Operand<T> gradient = gradients.get(tower);
      parameters.accept(
          tf,
          tower,
          // A sum over the batch in bfloat16 would lose what does not fit its 8 bits.
          Cast.toFloat32(tf, gradient),
          kernels.in(Pass.WEIGHT_GRADIENT).product(tf, joined.get(tower), gradient, true, false),
          parameterGradients);
      byJoined.add(
          kernels.in(Pass.INPUT_GRADIENT).product(tf, gradient, matrices.get(tower), false, true));
    }
    List<Operand<T>> flat = CrossLink.split(owners, owners, byJoined, RANK);
    List<Operand<T>> inputGradients = new ArrayList<>();
    for (int tower = 0; tower < inputTowers; tower++) {
      Ops tf = owners.get(tower);
      inputGradients.add(tf.reshape(flat.get(tower), tf.shape(inputs.get(tower))));
    }
    return inputGradients;
  }
}
