package dev.alexnet.model.training.step;

import dev.alexnet.infra.settings.Problems;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.Execution;
import dev.alexnet.model.network.Placement;
import java.util.function.LongPredicate;

/**
 * What a session trains, on which devices and how.
 *
 * @param execution of the training pass; a validation is the same in float32
 * @param batch images per step
 * @param seed of initial values, order, augmentation and dropout
 * @param augments whether images are cropped and mirrored at random; otherwise their centres are
 *     used. Images that are already augmented are not changed
 * @param addsPcaNoise whether the epoch of a step adds colour noise; images that are already
 *     augmented are not changed
 */
public record SessionPlan(
    AlexNetSpec network,
    Execution execution,
    UpdateRule rule,
    int batch,
    long seed,
    boolean augments,
    LongPredicate addsPcaNoise) {
  public SessionPlan {
    new Problems("session")
        .require(batch >= 1, "batch is %s; it must be at least 1", batch)
        .throwIfAny();
  }

  /** With the published update rule, colour noise and seed 1. */
  public static SessionPlan published(AlexNetSpec network, Execution execution, int batch) {
    return new SessionPlan(network, execution, UpdateRule.PUBLISHED, batch, 1, true, step -> true);
  }

  public Placement placement() {
    return execution.placement();
  }
}
