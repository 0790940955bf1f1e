package dev.alexnet.ops.command;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.settings.Settings;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.console.ProgressLine;
import dev.alexnet.ops.job.EffectiveSetting;
import dev.alexnet.ops.job.StepOutcome;
import dev.alexnet.ops.parsing.EffectiveSettings;
import dev.alexnet.ops.parsing.FailureFacts;
import dev.alexnet.ops.parsing.OutputOptions;
import dev.alexnet.ops.parsing.SettingOptions;
import dev.alexnet.ops.planning.PlannedCommand;
import dev.alexnet.pipelines.engine.PipelineRun;
import dev.alexnet.pipelines.engine.RunMetrics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * A command that does one piece of work, and shows its settings and its result. The commands that
 * {@link JobSteps} lists can take their settings from a section of a job file too.
 *
 * @param <S> the settings
 */
abstract class StepCommand<S extends Settings> implements Callable<Integer>, PlannedCommand {
  private final Console console;

  @Spec private CommandSpec spec;

  @Mixin private final OutputOptions output = new OutputOptions();

  StepCommand(Console console) {
    this.console = requireNonNull(console, "console is null");
  }

  /**
   * The settings that were given.
   *
   * @throws Failure of kind USAGE that lists everything that is wrong
   */
  final S settings() {
    return SettingOptions.read(spec, definition());
  }

  @Override
  public abstract SettingsDefinition<S> definition();

  abstract StepOutcome run(Progress progress);

  /** The outcome of a job that was written down instead of being run. */
  static StepOutcome template(PipelineRun run) {
    return new StepOutcome(
        "template written to " + run.template() + "; nothing has run yet",
        Map.of("template", run.template(), "job", run.metrics().job()));
  }

  /** What the engine counted, for machines; nothing if there was no work. */
  static Map<String, Object> counted(PipelineRun run) {
    return run.metrics().equals(RunMetrics.NONE)
        ? Map.of()
        : Map.of("engine", run.metrics().facts());
  }

  /** Prints a note beside the result, even while progress is shown. */
  final void note(String text) {
    console.note(text);
  }

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
    List<EffectiveSetting> settings =
        EffectiveSettings.of(spec.commandLine().getParseResult(), Set.of());
    console.err().print(EffectiveSettings.shown(settings, output.isVerbose(), console.messages()));
    StepOutcome outcome;
    try (ProgressLine progress = console.progress(spec.name())) {
      outcome = run(progress);
    }
    if (output.isJson()) {
      console.out().println(jsonOf(settings, outcome));
    } else {
      console.result(outcome.on(console.screen()));
    }
    outcome.throwIfFailed();
    return CommandLine.ExitCode.OK;
  }

  private String jsonOf(List<EffectiveSetting> settings, StepOutcome outcome) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("command", spec.name());
    object.put("settings", EffectiveSettings.byName(settings, definition()));
    object.put("result", outcome.facts());
    if (outcome.failure() != null) {
      object.put("error", FailureFacts.of(outcome.failure()));
    }
    return Json.result(object);
  }
}
