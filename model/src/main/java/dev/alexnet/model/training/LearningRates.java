package dev.alexnet.model.training;

/**
 * The learning rates of one step, or factors of them.
 *
 * @param weights ε of weights
 * @param biases ε of biases
 */
record LearningRates(double weights, double biases) {

  /** The rates at the start: those of biases are a network's multiple of those of weights. */
  static LearningRates start(double weights, double biasRate) {
    return new LearningRates(weights, biasRate * weights);
  }

  LearningRates times(LearningRates factors, double warmth) {
    return new LearningRates(weights * factors.weights * warmth, biases * factors.biases * warmth);
  }
}
