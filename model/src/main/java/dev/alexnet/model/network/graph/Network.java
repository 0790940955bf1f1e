package dev.alexnet.model.network.graph;

import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.Execution;
import dev.alexnet.model.network.Mode;
import dev.alexnet.model.network.Parameter;
import dev.alexnet.model.network.ParameterGradients;
import dev.alexnet.model.network.ParameterValues;
import java.util.Collections;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A network in a graph, each tower on its device. The backward pass is built operation by
 * operation, because {@code Graph.addGradients} places nothing on devices and has a wrong
 * derivative of LRN.
 */
public final class Network {
  private final LayerStack<?> layers;

  private Network(LayerStack<?> layers) {
    this.layers = layers;
  }

  /**
   * Creates the layers; nothing is added to the graph before {@link #logits}.
   *
   * @param classes how many units the last layer has
   */
  public static Network of(
      Ops tf,
      AlexNetSpec spec,
      int classes,
      Execution execution,
      ParameterValues values,
      Mode mode) {
    TowerScopes scopes = new TowerScopes(tf, spec.towers(), execution.placement());
    return new Network(
        new LayerStack<>(
            execution.precision().type(), spec, classes, execution, scopes, values, mode));
  }

  /** All parameters of all towers, in the order of the layers. */
  public List<Parameter> parameters() {
    return layers.parameters();
  }

  /**
   * Builds the forward pass; called once.
   *
   * @param images {@code [batch, inputSize, inputSize, 3]}, 0 to 255 minus the mean
   * @return {@code [batch, classes]}, on the first tower's device
   */
  public Operand<TFloat32> logits(Operand<TFloat32> images) {
    return logits(Collections.nCopies(layers.towers(), images));
  }

  /**
   * The same from images that are already on the towers' devices.
   *
   * @param images the same for each tower, {@code [batch, inputSize, inputSize, 3]}
   */
  public Operand<TFloat32> logits(List<Operand<TFloat32>> images) {
    return layers.logits(images);
  }

  /**
   * The input of the last layer; called after {@link #logits}.
   *
   * @return {@code [batch, values]}, the first tower's values first: 4096 in the published network
   */
  public Operand<TFloat32> lastHidden(Ops tf) {
    return layers.lastHidden(tf);
  }

  /**
   * Builds the backward pass; called once, after {@link #logits}.
   *
   * @param logitsGradient the gradient of the loss with respect to the logits, {@code [batch,
   *     classes]}
   */
  public void backward(Operand<TFloat32> logitsGradient, ParameterGradients parameterGradients) {
    layers.backward(logitsGradient, parameterGradients);
  }
}
