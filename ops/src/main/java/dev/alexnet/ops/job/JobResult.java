package dev.alexnet.ops.job;

import java.time.Duration;
import java.util.List;

/** How the steps of a job ended, in their order. */
public record JobResult(List<StepResult> steps) {
  public JobResult {
    steps = List.copyOf(steps);
  }

  /**
   * @param alreadyDone whether an earlier run did the step
   * @param time that the step took, in whichever run
   */
  public record StepResult(String name, boolean alreadyDone, Duration time, StepOutcome outcome) {}
}
