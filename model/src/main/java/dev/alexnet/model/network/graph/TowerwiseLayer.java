package dev.alexnet.model.network.graph;

import dev.alexnet.model.network.MapShape;
import dev.alexnet.model.network.Parameter;
import dev.alexnet.model.network.ParameterGradients;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** A layer without parameters that computes each tower separately. */
abstract class TowerwiseLayer<T extends TFloating> implements Layer<T> {
  private final String name;
  private final MapShape outputShape;
  private final TowerScopes scopes;
  private List<Operand<T>> inputs = List.of();
  private final List<Operand<T>> outputs = new ArrayList<>();

  TowerwiseLayer(String name, MapShape outputShape, TowerScopes scopes) {
    this.name = name;
    this.outputShape = outputShape;
    this.scopes = scopes;
  }

  /** The forward operation of one tower. */
  abstract Operand<T> forward(Ops tf, int tower, Operand<T> input);

  /** The input gradient of one tower. */
  abstract Operand<T> backward(
      Ops tf, int tower, Operand<T> gradient, Operand<T> input, Operand<T> output);

  @Override
  public MapShape outputShape() {
    return outputShape;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of();
  }

  @Override
  public List<Operand<T>> forward(List<Operand<T>> towerInputs) {
    inputs = towerInputs;
    for (int tower = 0; tower < inputs.size(); tower++) {
      outputs.add(forward(scopes.forward(tower, name), tower, inputs.get(tower)));
    }
    return outputs;
  }

  @Override
  public List<Operand<T>> backward(
      List<Operand<T>> gradients, ParameterGradients parameterGradients) {
    List<Operand<T>> inputGradients = new ArrayList<>();
    for (int tower = 0; tower < inputs.size(); tower++) {
      inputGradients.add(
          backward(
              scopes.backward(tower, name),
              tower,
              gradients.get(tower),
              inputs.get(tower),
              outputs.get(tower)));
    }
    return inputGradients;
  }
}
