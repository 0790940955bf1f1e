package dev.alexnet.ops.job;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;

/** Runs the steps of a job, in this process or elsewhere, by their command lines. */
public interface StepRunner {
  /**
   * Does the step, and returns when it is done. Run again after it was killed, it resumes.
   *
   * @param progress hears how far it is, if that is known
   * @throws Failure where the step fails
   */
  StepOutcome run(JobStep step, Progress progress);
}
