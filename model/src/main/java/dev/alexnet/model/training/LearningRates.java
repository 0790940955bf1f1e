package dev.alexnet.model.training;

/**
 * The learning rates of one step.
 *
 * @param weights ε of weights
 * @param biases ε of biases
 */
record LearningRates(double weights, double biases) {}
