package dev.alexnet.ops.launch;

import dev.alexnet.ops.environment.EnvironmentContract;
import dev.alexnet.ops.job.StepOutcome;

/** The runs of an environment, each known by what lies in its work directory. */
public interface LaunchedRuns {

  /** Whether the run was launched before, on this machine or another. */
  boolean isLaunched(EnvironmentContract contract, RunName run);

  /**
   * Launches a new run: writes its job file and its record, submits its first attempt, and follows
   * it to its end unless the settings say to detach.
   *
   * @param jobFile in YAML
   * @throws dev.alexnet.infra.failure.Failure of kind OUTPUT_EXISTS if somebody else launched it
   *     meanwhile with other settings
   */
  StepOutcome launch(LaunchPlan plan, byte[] jobFile);

  /**
   * Follows a run that was launched before, and submits its next attempt if it stopped and may go
   * on. Of the settings, only those of this terminal count: whether to detach, and whether to
   * cancel when interrupted.
   *
   * @param consent is asked before that attempt is submitted
   */
  StepOutcome attach(EnvironmentContract contract, LaunchSettings settings, Consent consent);
}
