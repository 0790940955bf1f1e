package dev.alexnet.model.training.step;

import dev.alexnet.model.network.Parameter;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * The learning rates of one step, or factors of them.
 *
 * @param weights ε of the weights of every layer without its own rate
 * @param biases ε of their biases
 * @param own the layers with their own rates, by name; 0 freezes a layer
 */
public record LearningRates(double weights, double biases, Map<String, LayerRates> own) {

  public LearningRates {
    own = new TreeMap<>(own);
  }

  /** The same for all layers. */
  public LearningRates(double weights, double biases) {
    this(weights, biases, Map.of());
  }

  /**
   * The rates of one layer, or factors of them.
   *
   * @param weights ε of weights
   * @param biases ε of biases
   */
  public record LayerRates(double weights, double biases) {
    private LayerRates times(LayerRates factors, double warmth) {
      return new LayerRates(weights * factors.weights * warmth, biases * factors.biases * warmth);
    }
  }

  /** The same, but for these layers the rates of those without their own. */
  public LearningRates without(Collection<String> layers) {
    Map<String, LayerRates> rest = new TreeMap<>(own);
    rest.keySet().removeAll(layers);
    return new LearningRates(weights, biases, rest);
  }

  public LayerRates of(String layer) {
    return own.getOrDefault(layer, new LayerRates(weights, biases));
  }

  public double of(Parameter parameter) {
    LayerRates rates = of(parameter.layer());
    return parameter.kind() == Parameter.Kind.WEIGHTS ? rates.weights() : rates.biases();
  }

  public LearningRates times(LearningRates factors, double warmth) {
    Map<String, LayerRates> product = new TreeMap<>();
    own.keySet().forEach(layer -> product.put(layer, of(layer).times(factors.of(layer), warmth)));
    factors
        .own
        .keySet()
        .forEach(layer -> product.put(layer, of(layer).times(factors.of(layer), warmth)));
    return new LearningRates(
        weights * factors.weights * warmth, biases * factors.biases * warmth, product);
  }
}
