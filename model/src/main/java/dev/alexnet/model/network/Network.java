package dev.alexnet.model.network;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A network in a graph, each tower on its device. The backward pass is built operation by
 * operation, because {@code Graph.addGradients} places nothing and has a wrong derivative of LRN.
 */
public final class Network {
  private final TowerScopes scopes;
  private final List<Layer> layers;
  private List<Operand<TFloat32>> lastInputs = List.of();

  private Network(TowerScopes scopes, List<Layer> layers) {
    this.scopes = scopes;
    this.layers = List.copyOf(layers);
  }

  /**
   * Makes the layers; the graph gets nothing before {@link #logits}.
   *
   * @param classes how many units the last layer has
   * @param placement with a device for each of the network's towers
   */
  public static Network of(
      Ops tf,
      AlexNetSpec spec,
      int classes,
      Placement placement,
      ParameterValues values,
      Mode mode) {
    TowerScopes scopes = new TowerScopes(tf, spec.towers(), placement);
    MapShape shape = new MapShape(spec.inputSize(), 3);
    List<Layer> layers = new ArrayList<>();
    for (LayerSpec layerSpec : spec.layers()) {
      Layer layer = layer(layerSpec, shape, classes, scopes, values, mode);
      layers.add(layer);
      shape = layer.outputShape();
    }
    return new Network(scopes, layers);
  }

  private static Layer layer(
      LayerSpec spec,
      MapShape input,
      int classes,
      TowerScopes scopes,
      ParameterValues values,
      Mode mode) {
    if (spec instanceof LayerSpec.Convolution convolution) {
      return new ConvolutionLayer(convolution, input, scopes, values);
    } else if (spec instanceof LayerSpec.Rectifier rectifier) {
      return new RectifierLayer(rectifier, input, scopes);
    } else if (spec instanceof LayerSpec.CrossMapNormalization normalization) {
      return new CrossMapNormalizationLayer(normalization, input, scopes);
    } else if (spec instanceof LayerSpec.SameMapNormalization normalization) {
      return new SameMapNormalizationLayer(normalization, input, scopes);
    } else if (spec instanceof LayerSpec.MaxPooling pooling) {
      return new MaxPoolingLayer(pooling, input, scopes);
    } else if (spec instanceof LayerSpec.Dense dense) {
      return new DenseLayer(dense, input, classes, scopes, values);
    } else if (spec instanceof LayerSpec.Dropout dropout) {
      return new DropoutLayer(dropout, input, scopes, mode);
    }
    throw new IllegalStateException("A sealed interface has another layer: " + spec);
  }

  /** All parameters of all towers, in the order of the layers. */
  public List<Parameter> parameters() {
    return layers.stream().flatMap(layer -> layer.parameters().stream()).toList();
  }

  /**
   * Builds the forward pass; called once.
   *
   * @param images {@code [batch, inputSize, inputSize, 3]}, 0 to 255 minus the mean
   * @return {@code [batch, classes]}, on the first tower's device
   */
  public Operand<TFloat32> logits(Operand<TFloat32> images) {
    List<Operand<TFloat32>> activations = new ArrayList<>();
    for (int tower = 0; tower < scopes.towers(); tower++) {
      activations.add(images);
    }
    for (Layer layer : layers) {
      lastInputs = activations;
      activations = layer.forward(activations);
    }
    return activations.get(0);
  }

  /**
   * What the last layer reads; called after {@link #logits}.
   *
   * @return {@code [batch, values]}, the first tower's values first: 4096 in the published network
   */
  public Operand<TFloat32> lastHidden(Ops tf) {
    int values = layers.get(layers.size() - 2).outputShape().values();
    List<Operand<TFloat32>> flat = new ArrayList<>();
    for (Operand<TFloat32> tower : lastInputs) {
      flat.add(tf.reshape(tower, tf.constant(new int[] {-1, values})));
    }
    return CrossLink.join(tf, flat, 2);
  }

  /**
   * Builds the backward pass; called once, after {@link #logits}.
   *
   * @param logitsGradient the loss by the logits, {@code [batch, classes]}
   */
  public void backward(Operand<TFloat32> logitsGradient, ParameterGradients parameterGradients) {
    List<Operand<TFloat32>> gradients = List.of(logitsGradient);
    for (int i = layers.size() - 1; i >= 0; i--) {
      gradients = layers.get(i).backward(gradients, parameterGradients);
    }
  }
}
