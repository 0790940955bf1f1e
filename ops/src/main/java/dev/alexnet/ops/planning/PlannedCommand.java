package dev.alexnet.ops.planning;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.ops.job.StepOutcome;
import dev.alexnet.ops.parsing.SettingsCommand;

/** A command that can be a step of a job. Its options are parsed before its methods are called. */
public interface PlannedCommand extends SettingsCommand {
  /**
   * @throws Failure of kind USAGE that names everything that is wrong with the options
   */
  void validate();

  StepOutcome perform(Progress progress);
}
