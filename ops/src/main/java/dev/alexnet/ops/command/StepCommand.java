package dev.alexnet.ops.command;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.console.ProgressLine;
import dev.alexnet.ops.job.Setting;
import dev.alexnet.ops.job.StepOutcome;
import dev.alexnet.ops.parsing.EffectiveSettings;
import dev.alexnet.ops.parsing.JsonOption;
import dev.alexnet.ops.planning.PlannedCommand;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * A command that does one piece of work, which is also a step of the batch job. Its fields are the
 * options; a section of the job file fills the same fields.
 */
abstract class StepCommand implements Callable<Integer>, PlannedCommand {
  private final Console console;

  @Spec private CommandSpec spec;

  @Mixin private final JsonOption json = new JsonOption();

  StepCommand(Console console) {
    this.console = requireNonNull(console, "console is null");
  }

  /**
   * The options as the settings of the work.
   *
   * @throws Failure of kind USAGE that names everything that is wrong with them
   */
  abstract Record settings();

  /**
   * Whether what a finished run wrote is there as it was written, as far as a run again would make
   * it again, and the file that identifies it does not tell.
   */
  @Override
  public boolean isIntact() {
    return true;
  }

  abstract StepOutcome run(Progress progress);

  @Override
  public final void validate() {
    settings();
  }

  @Override
  public final StepOutcome perform(Progress progress) {
    return run(progress);
  }

  @Override
  public final Integer call() {
    settings();
    List<Setting> settings = EffectiveSettings.of(spec.commandLine().getParseResult(), Set.of());
    if (!json.isGiven()) {
      console.out().println(EffectiveSettings.table(settings));
    }
    StepOutcome outcome;
    try (ProgressLine progress = console.progress(spec.name())) {
      outcome = run(progress);
    }
    console.out().println(json.isGiven() ? jsonOf(settings, outcome) : outcome.summary());
    outcome.throwIfFailed();
    return CommandLine.ExitCode.OK;
  }

  private String jsonOf(List<Setting> settings, StepOutcome outcome) {
    return Json.line(
        Map.of(
            "command", spec.name(),
            "settings", EffectiveSettings.byName(settings),
            "result", outcome.facts()));
  }
}
