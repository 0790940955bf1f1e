package dev.alexnet.ops.planning;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.ops.job.StepOutcome;
import dev.alexnet.ops.parsing.SettingsCommand;
import java.util.Optional;

/** A command that can be a step of a job. Its options are parsed before its methods are called. */
public interface PlannedCommand extends SettingsCommand {
  /**
   * @throws Failure of kind USAGE that names everything that is wrong with the options
   */
  void validate();

  StepOutcome perform(Progress progress);

  /**
   * Refuses a machine that lacks what the command was told to require, which a job asks before its
   * first step.
   *
   * @throws Failure as {@link #perform} does
   */
  default void requireMachine() {}

  /**
   * Identifies what the command would read at a place that it was given. By default that is the
   * content of a file, or the names and lengths of the files in a directory.
   *
   * @param option that gives the place
   * @return empty for the default
   */
  default Optional<String> fingerprint(String option) {
    return Optional.empty();
  }

  /**
   * Refuses what the command would read at a place that it was given, as far as it does so before
   * it writes.
   *
   * @param option that gives the place
   * @param anew whether what the command made is deleted before
   * @throws Failure as {@link #perform} does
   */
  default void requireInput(String option, boolean anew) {}

  /**
   * Is called once the step is known to be done with what {@link #fingerprint} identified. May
   * record what was read for this.
   */
  default void confirmInputs() {}
}
