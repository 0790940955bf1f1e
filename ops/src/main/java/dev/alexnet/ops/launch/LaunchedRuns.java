package dev.alexnet.ops.launch;

import dev.alexnet.ops.environment.EnvironmentContract;
import dev.alexnet.ops.job.StepOutcome;
import java.util.Optional;

/** The runs of an environment, each known by what lies in its work directory. */
public interface LaunchedRuns {

  /**
   * The plan of a run that was launched before, on this machine or another: settings that are not
   * given, and the job file, are those of its last launch.
   *
   * @return empty if it was never launched
   * @throws dev.alexnet.infra.failure.Failure of kind INPUT_MISSING if no job file is given and its
   *     launch was stopped before it wrote one
   */
  Optional<LaunchPlan> recorded(EnvironmentContract contract, LaunchSettings settings);

  /**
   * Launches a run, or goes on with one that was launched before: attaches to its attempt that
   * lives, or submits its next one if it stopped and may go on. Follows it to its end unless the
   * settings say to detach.
   *
   * @param jobFile in YAML
   * @param consent is asked before an attempt is submitted; not before those that follow it
   * @throws dev.alexnet.infra.failure.Failure of kind OUTPUT_EXISTS if it lives or has succeeded
   *     with other settings
   */
  StepOutcome launch(LaunchPlan plan, byte[] jobFile, Consent consent);

  /**
   * What a launch of a run that was launched before would submit now. Nothing is changed.
   *
   * @throws dev.alexnet.infra.failure.Failure with which the launch would end at once
   */
  Preview next(LaunchPlan plan, byte[] jobFile);
}
