package dev.alexnet.model.training;

import dev.alexnet.infra.settings.Problems;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.network.Precision;
import java.util.function.LongPredicate;

/**
 * What a session trains, where and how.
 *
 * @param precision of the training pass
 * @param batch images a step
 * @param seed of initial values, order, augmentation and dropout
 * @param disturbsColour whether the epoch of a step disturbs colours; images that are augmented
 *     already stay what they are
 */
record SessionPlan(
    AlexNetSpec network,
    Placement placement,
    Precision precision,
    UpdateRule rule,
    int batch,
    long seed,
    LongPredicate disturbsColour) {
  SessionPlan {
    new Problems("session")
        .require(batch >= 1, "batch is %s; it must be at least 1", batch)
        .throwIfAny();
  }

  /** By the published rule, with disturbed colours and seed 1. */
  static SessionPlan published(
      AlexNetSpec network, Placement placement, Precision precision, int batch) {
    return new SessionPlan(
        network, placement, precision, UpdateRule.PUBLISHED, batch, 1, step -> true);
  }
}
