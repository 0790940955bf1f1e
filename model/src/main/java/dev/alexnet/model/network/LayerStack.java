package dev.alexnet.model.network;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * The layers of a network, between which values of one precision flow; images, logits and their
 * gradients are float32.
 */
final class LayerStack<T extends TFloating> {
  private final TowerScopes scopes;
  private final Class<T> type;
  private final List<Layer<T>> layers = new ArrayList<>();
  private List<Operand<T>> lastInputs = List.of();

  /** Makes the layers; the graph gets nothing before {@link #logits}. */
  LayerStack(
      Class<T> type,
      AlexNetSpec spec,
      int classes,
      TowerScopes scopes,
      ParameterValues values,
      Mode mode) {
    this.type = type;
    this.scopes = scopes;
    MapShape shape = new MapShape(spec.inputSize(), 3);
    for (LayerSpec layerSpec : spec.layers()) {
      Layer<T> layer = layer(layerSpec, shape, classes, scopes, values, mode);
      layers.add(layer);
      shape = layer.outputShape();
    }
  }

  private static <T extends TFloating> Layer<T> layer(
      LayerSpec spec,
      MapShape input,
      int classes,
      TowerScopes scopes,
      ParameterValues values,
      Mode mode) {
    if (spec instanceof LayerSpec.Convolution convolution) {
      return new ConvolutionLayer<>(convolution, input, scopes, values);
    } else if (spec instanceof LayerSpec.Rectifier rectifier) {
      return new RectifierLayer<>(rectifier, input, scopes);
    } else if (spec instanceof LayerSpec.CrossMapNormalization normalization) {
      return new CrossMapNormalizationLayer<>(normalization, input, scopes);
    } else if (spec instanceof LayerSpec.SameMapNormalization normalization) {
      return new SameMapNormalizationLayer<>(normalization, input, scopes);
    } else if (spec instanceof LayerSpec.MaxPooling pooling) {
      return new MaxPoolingLayer<>(pooling, input, scopes);
    } else if (spec instanceof LayerSpec.Dense dense) {
      return new DenseLayer<>(dense, input, classes, scopes, values);
    } else if (spec instanceof LayerSpec.Dropout dropout) {
      return new DropoutLayer<>(dropout, input, scopes, mode);
    }
    throw new IllegalStateException("A sealed interface has another layer: " + spec);
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
      activations.add(Conversion.to(scopes.forward(tower, "images"), images.get(tower), type));
    }
    for (Layer<T> layer : layers) {
      lastInputs = activations;
      activations = layer.forward(activations);
    }
    return Conversion.toFloat32(scopes.forward(0, "logits"), activations.get(0));
  }

  Operand<TFloat32> lastHidden(Ops tf) {
    int values = layers.get(layers.size() - 2).outputShape().values();
    List<Operand<T>> flat = new ArrayList<>();
    for (Operand<T> tower : lastInputs) {
      flat.add(tf.reshape(tower, tf.constant(new int[] {-1, values})));
    }
    return Conversion.toFloat32(tf, CrossLink.join(tf, flat, 2));
  }

  void backward(Operand<TFloat32> logitsGradient, ParameterGradients parameterGradients) {
    List<Operand<T>> gradients =
        List.of(Conversion.to(scopes.backward(0, "logits"), logitsGradient, type));
    for (int i = layers.size() - 1; i >= 0; i--) {
      gradients = layers.get(i).backward(gradients, parameterGradients);
    }
  }
}
