package dev.alexnet.model.network.graph;

import dev.alexnet.model.kernel.Cast;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.Execution;
import dev.alexnet.model.network.LayerSpec;
import dev.alexnet.model.network.MapShape;
import dev.alexnet.model.network.Mode;
import dev.alexnet.model.network.Parameter;
import dev.alexnet.model.network.ParameterGradients;
import dev.alexnet.model.network.ParameterValues;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * The layers of a network, which pass on values of one precision; images, logits and their
 * gradients are float32.
 */
final class LayerStack<T extends TFloating> {
  private final TowerScopes scopes;
  private final Class<T> type;
  private final List<Layer<T>> layers = new ArrayList<>();
  private List<Operand<T>> lastInputs = List.of();

  /** Creates the layers; nothing is added to the graph before {@link #logits}. */
  LayerStack(
      Class<T> type,
      AlexNetSpec spec,
      int classes,
      Execution execution,
      TowerScopes scopes,
      ParameterValues values,
      Mode mode) {
    this.type = type;
    this.scopes = scopes;
    LayerFactory<TFloat32> factory =
        new LayerFactory<>(classes, scopes, execution::kernelsOf, values, mode, TFloat32.class);
    MapShape shape = new MapShape(spec.inputSize(), 3);
    for (LayerSpec layerSpec : spec.layers()) {
      Layer<T> layer = factory.layer(layerSpec, shape);
      layers.add(layer);
      shape = layer.outputShape();
    }
  }

  List<Parameter> parameters() {
    return layers.stream().flatMap(layer -> layer.parameters().stream()).toList();
  }

  int towers() {
    return scopes.towers();
  }

  Operand<TFloat32> logits(List<Operand<TFloat32>> images) {
    List<Operand<T>> activations = new ArrayList<>();
    for (int tower = 0; tower < scopes.towers(); tower++) {
      activations.add(Cast.to(scopes.forward(tower, "images"), images.get(tower), type));
    }
    for (Layer<T> layer : layers) {
      lastInputs = activations;
      activations = layer.forward(activations);
    }
    return Cast.toFloat32(scopes.forward(0, "logits"), activations.get(0));
  }

  Operand<TFloat32> lastHidden(Ops tf) {
    int values = layers.get(layers.size() - 2).outputShape().values();
    List<Operand<T>> flat = new ArrayList<>();
    for (Operand<T> tower : lastInputs) {
      flat.add(tf.reshape(tower, tf.constant(new int[] {-1, values})));
    }
    return Cast.toFloat32(tf, CrossLink.join(tf, flat, 2));
  }

  void backward(Operand<TFloat32> logitsGradient, ParameterGradients parameterGradients) {
    List<Operand<T>> gradients =
        List.of(Cast.to(scopes.backward(0, "logits"), logitsGradient, type));
    for (int i = layers.size() - 1; i >= 0; i--) {
      gradients = layers.get(i).backward(gradients, parameterGradients);
    }
  }
}
