package dev.alexnet.ops.job;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;

/** Runs the steps of a job, in this process or elsewhere, by their command lines. */
public interface StepRunner {
  /**
   * Runs a step until it is done. A step that was killed resumes when it is run again.
   *
   * @param progress is told how far the step is, if that is known
   * @throws Failure if the step fails
   */
  StepOutcome run(JobStep step, Progress progress);
}
