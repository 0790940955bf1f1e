package dev.alexnet.model.network;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/**
 * A fully connected layer: each tower has its share of the units, and each unit sees all inputs of
 * both towers, tower 0's first and within a tower in the order row, column, map.
 */
final class DenseLayer implements Layer {
  private static final int RANK = 2;

  private final LayerSpec.Dense spec;
  private final MapShape input;
  private final TowerScopes scopes;
  private final ParameterValues values;
  private final int inputTowers;
  private final int consumers;
  private final MapShape outputShape;
  private final List<Parameter> weights = new ArrayList<>();
  private final List<Parameter> biases = new ArrayList<>();

  private List<Operand<TFloat32>> inputs = List.of();
  private final List<Operand<TFloat32>> joined = new ArrayList<>();
  private final List<Operand<TFloat32>> matrices = new ArrayList<>();

  DenseLayer(
      LayerSpec.Dense spec,
      MapShape input,
      int classes,
      TowerScopes scopes,
      ParameterValues values) {
    this.spec = spec;
    this.input = input;
    this.scopes = scopes;
    this.values = values;
    this.inputTowers = scopes.towers();
    this.consumers = spec.whole() ? 1 : scopes.towers();
    int units = spec.units() == 0 ? classes : spec.units();
    this.outputShape = new MapShape(1, units / consumers);
    for (int tower = 0; tower < consumers; tower++) {
      weights.add(
          Parameter.weights(
              spec.name(),
              tower,
              spec.initial(),
              (long) input.values() * inputTowers,
              outputShape.maps()));
      biases.add(Parameter.biases(spec.name(), tower, spec.initial(), outputShape.maps()));
    }
  }

  @Override
  public MapShape outputShape() {
    return outputShape;
  }

  @Override
  public List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(weights);
    all.addAll(biases);
    return all;
  }

  @Override
  public List<Operand<TFloat32>> forward(List<Operand<TFloat32>> towerOutputs) {
    inputs = towerOutputs;
    List<Ops> forward = new ArrayList<>();
    List<Operand<TFloat32>> flat = new ArrayList<>();
    for (int tower = 0; tower < inputTowers; tower++) {
      Ops tf = scopes.forward(tower, spec.name());
      forward.add(tf);
      flat.add(tf.reshape(towerOutputs.get(tower), tf.constant(new int[] {-1, input.values()})));
    }
    List<Operand<TFloat32>> outputs = new ArrayList<>();
    for (int tower = 0; tower < consumers; tower++) {
      Ops tf = forward.get(tower);
      Ops parameters = scopes.parameters(tower);
      Operand<TFloat32> all = CrossLink.join(tf, flat, RANK);
      Operand<TFloat32> matrix = values.value(parameters, weights.get(tower));
      joined.add(all);
      matrices.add(matrix);
      outputs.add(
          tf.nn.biasAdd(
              tf.linalg.matMul(all, matrix), values.value(parameters, biases.get(tower))));
    }
    return outputs;
  }

  @Override
  public List<Operand<TFloat32>> backward(
      List<Operand<TFloat32>> gradients, ParameterGradients parameterGradients) {
    List<Ops> owners = new ArrayList<>();
    for (int tower = 0; tower < inputTowers; tower++) {
      owners.add(scopes.backward(tower, spec.name()));
    }
    List<Operand<TFloat32>> byJoined = new ArrayList<>();
    for (int tower = 0; tower < consumers; tower++) {
      Ops tf = owners.get(tower);
      Operand<TFloat32> gradient = gradients.get(tower);
      parameterGradients.accept(biases.get(tower), tf.nn.biasAddGrad(gradient));
      parameterGradients.accept(
          weights.get(tower),
          tf.linalg.matMul(joined.get(tower), gradient, MatMul.transposeA(true)));
      byJoined.add(tf.linalg.matMul(gradient, matrices.get(tower), MatMul.transposeB(true)));
    }
    List<Operand<TFloat32>> flat = CrossLink.split(owners, owners, byJoined, RANK);
    List<Operand<TFloat32>> inputGradients = new ArrayList<>();
    for (int tower = 0; tower < inputTowers; tower++) {
      Ops tf = owners.get(tower);
      inputGradients.add(tf.reshape(flat.get(tower), tf.shape(inputs.get(tower))));
    }
    return inputGradients;
  }
}
