package dev.alexnet.model.training.step;

import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.network.Presets;
import dev.alexnet.model.testing.CheckedExecution;
import dev.alexnet.model.training.watch.StallWatch;
import java.util.function.LongPredicate;

/** Sessions of {@code mini} with the published update rule, without validation, with seed 1. */
public final class MiniSession {
  private MiniSession() {}

  public static TrainingSession of(Dataset data, Placement placement, int batch) {
    return of(data, placement, batch, step -> true);
  }

  public static TrainingSession of(
      Dataset data, Placement placement, int batch, LongPredicate addsPcaNoise) {
    SessionPlan plan =
        new SessionPlan(
            Presets.mini(),
            CheckedExecution.of(Presets.mini(), data.manifest().classes().size(), placement),
            UpdateRule.PUBLISHED,
            batch,
            1,
            true,
            addsPcaNoise);
    return new TrainingSession(plan, data, null, StallWatch.unlimited());
  }
}
