package dev.alexnet.model.training;

/** How gradients change parameters. */
public enum Optimizer {
  /** As published (section 5): momentum and weight decay. */
  MOMENTUM,
  /**
   * With a rate for each layer that depends on the norms of its weights and gradients, for large
   * batches.
   */
  LARS
}
