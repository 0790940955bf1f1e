package dev.alexnet.model.network;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A layer without parameters that treats each tower by itself. */
abstract class TowerwiseLayer implements Layer {
  private final String name;
  private final MapShape outputShape;
  private final TowerScopes scopes;
  private List<Operand<TFloat32>> inputs = List.of();
  private final List<Operand<TFloat32>> outputs = new ArrayList<>();

  TowerwiseLayer(String name, MapShape outputShape, TowerScopes scopes) {
    this.name = name;
    this.outputShape = outputShape;
    this.scopes = scopes;
  }

  /** The forward operation of one tower. */
  abstract Operand<TFloat32> forward(Ops tf, int tower, Operand<TFloat32> input);

  /** The gradient by the input of one tower. */
  abstract Operand<TFloat32> backward(
      Ops tf,
      int tower,
      Operand<TFloat32> gradient,
      Operand<TFloat32> input,
      Operand<TFloat32> output);

  @Override
  public MapShape outputShape() {
    return outputShape;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of();
  }

  @Override
  public List<Operand<TFloat32>> forward(List<Operand<TFloat32>> towerInputs) {
    inputs = towerInputs;
    for (int tower = 0; tower < inputs.size(); tower++) {
      outputs.add(forward(scopes.forward(tower, name), tower, inputs.get(tower)));
    }
    return outputs;
  }

  @Override
  public List<Operand<TFloat32>> backward(
      List<Operand<TFloat32>> gradients, ParameterGradients parameterGradients) {
    List<Operand<TFloat32>> inputGradients = new ArrayList<>();
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
