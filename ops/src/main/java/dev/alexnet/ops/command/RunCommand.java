package dev.alexnet.ops.command;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.ops.attempt.Attempts;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.console.ElapsedTime;
import dev.alexnet.ops.console.Screen;
import dev.alexnet.ops.console.Table;
import dev.alexnet.ops.job.EffectiveSetting;
import dev.alexnet.ops.job.Forecast;
import dev.alexnet.ops.job.ForecastTable;
import dev.alexnet.ops.job.Job;
import dev.alexnet.ops.job.JobResult;
import dev.alexnet.ops.job.JobResult.StepResult;
import dev.alexnet.ops.job.JobStep;
import dev.alexnet.ops.job.TrainingTime;
import dev.alexnet.ops.job.TrainingTimes;
import dev.alexnet.ops.parsing.EffectiveSettings;
import dev.alexnet.ops.parsing.OutputOptions;
import dev.alexnet.ops.parsing.SettingOptions;
import dev.alexnet.ops.parsing.SettingsCommand;
import dev.alexnet.ops.planning.EffectiveJobFile;
import dev.alexnet.ops.planning.JobFile;
import dev.alexnet.ops.planning.JobPlanner;
import dev.alexnet.ops.process.Termination;
import dev.alexnet.ops.runner.EngineRuns;
import dev.alexnet.ops.runner.RunsOnBeam;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "run",
    description = {
      "Runs the batch job: makes the datasets, trains, scores and reports. If it was stopped, run it again to continue. Without a job file it makes a small synthetic ImageNet and trains a small"
          + " network on it, in minutes.",
      ""
    },
    customSynopsis = "alexnet run [OPTIONS] [-- RUNNER OPTIONS]%n",
    footer = {
      "  alexnet run --config job.yaml --workdir runs/first",
      "  alexnet run --config gs://bucket/job.yaml --workdir gs://bucket/runs/first",
      "  alexnet run --config job.yaml --workdir runs/first --redo train --dry-run",
      "",
      "A job file has the commands as sections and their options as keys:",
      "",
      "  synth:",
      "    classes: 10",
      "  convert:",
      "    size: 56",
      "  train:",
      "    preset: mini",
      "    epochs: 10",
      "  score:",
      "  report:",
      "",
      "'alexnet run --print-config > job.yaml' writes one with all settings."
    })
final class RunCommand implements Callable<Integer>, SettingsCommand, RunsOnBeam {
  static final String EMBEDDED = "default-job.yaml";

  private final ObjectStore store;
  private final Console console;
  private final Jobs jobs;
  private final Attempts attempts;
  private final Termination termination;
  private final EngineRuns engineRuns;

  /** What plans jobs, runs them, and tells how long they take. */
  record Jobs(JobPlanner planner, Job job, TrainingTimes times) {
    @Inject
    Jobs {}
  }

  @Spec private CommandSpec spec;

  @Mixin private final OutputOptions output = new OutputOptions();

  @Inject
  RunCommand(
      ObjectStore store,
      Console console,
      Jobs jobs,
      Attempts attempts,
      Termination termination,
      EngineRuns engineRuns) {
    this.store = requireNonNull(store, "store is null");
    this.console = requireNonNull(console, "console is null");
    this.jobs = requireNonNull(jobs, "jobs is null");
    this.attempts = requireNonNull(attempts, "attempts is null");
    this.termination = requireNonNull(termination, "termination is null");
    this.engineRuns = requireNonNull(engineRuns, "engineRuns is null");
  }

  @Override
  public SettingsDefinition<RunSettings> definition() {
    return RunSettings.DEFINITION;
  }

  @Override
  public Integer call() {
    RunSettings settings = SettingOptions.read(spec, definition());
    engineRuns.startFor("run");
    return settings.attempt().isEmpty() || settings.printConfig() || settings.dryRun()
        ? run(settings)
        : attempts.recording(settings.workdir(), settings.attempt(), () -> run(settings));
  }

  private int run(RunSettings settings) {
    byte[] yaml = settings.config() == null ? embedded() : store.readAll(settings.config());
    String where = settings.config() == null ? EMBEDDED : settings.config().value();
    List<JobStep> steps =
        jobs.planner()
            .plan(JobFile.read(yaml, where), where, settings.workdir(), settings.ofMachine());
    if (settings.printConfig()) {
      console.out().print(EffectiveJobFile.of(steps));
      console.out().flush();
      return CommandLine.ExitCode.OK;
    }
    console.note("Job " + where + " in " + settings.workdir());
    // Nobody has given what is in the built-in job.
    if (settings.config() != null || output.isVerbose()) {
      console
          .err()
          .print(
              EffectiveSettings.shown(settingsOf(steps), output.isVerbose(), console.messages()));
    }
    if (settings.dryRun()) {
      Forecast forecast = jobs.job().forecast(settings.workdir(), steps, settings.selection());
      Map<String, TrainingTime> times =
          settings.measure() ? jobs.times().of(steps, forecast, console::note) : Map.of();
      return show(where, settings, forecast, times);
    }
    JobResult result =
        jobs.job().run(settings.workdir(), steps, settings.selection(), termination::isRequested);
    if (output.isJson()) {
      console.out().println(jsonOf(where, settings, steps, result));
    } else {
      console.result(textOf(settings, result, console.screen()));
    }
    return CommandLine.ExitCode.OK;
  }

  private int show(
      String where, RunSettings settings, Forecast forecast, Map<String, TrainingTime> times) {
    console
        .out()
        .print(
            output.isJson()
                ? Json.result(forecastFacts(where, settings, forecast, times)) + "\n"
                : textOf(settings, forecast, times, console.screen()));
    console.out().flush();
    forecast
        .refusal()
        .ifPresent(
            refusal -> {
              throw refusal;
            });
    return CommandLine.ExitCode.OK;
  }

  private static String textOf(
      RunSettings settings, Forecast forecast, Map<String, TrainingTime> times, Screen screen) {
    String text = ForecastTable.textOf(forecast, times, screen);
    if (!settings.measure()) {
      return text;
    }
    String measured =
        "\nMeasured on %s. The trainings take %s in all there: steps alone, on drawn input. Reading, converting and scoring pictures is not counted.\n"
            .formatted(
                TrainingTimes.machine(),
                TrainingTimes.total(times)
                    .map(ElapsedTime::text)
                    .orElse("a time that is not known"));
    return text + screen.fitted(measured);
  }

  private static Map<String, Object> forecastFacts(
      String where, RunSettings settings, Forecast forecast, Map<String, TrainingTime> times) {
    Map<String, Object> facts = new TreeMap<>();
    facts.put("command", "run");
    facts.put("config", where);
    facts.put("workdir", settings.workdir());
    facts.put("dry_run", true);
    facts.put("steps", ForecastTable.factsOf(forecast, times));
    facts.put(
        "free_bytes", forecast.freeBytes().isPresent() ? forecast.freeBytes().getAsLong() : null);
    return facts;
  }

  private static List<EffectiveSetting> settingsOf(List<JobStep> steps) {
    List<EffectiveSetting> all = new ArrayList<>();
    for (JobStep step : steps) {
      for (EffectiveSetting setting : step.settings()) {
        all.add(setting.of(step.name()));
      }
    }
    return all;
  }

  private static String textOf(RunSettings settings, JobResult result, Screen screen) {
    Table table = new Table("step", "state", "time", "result").numbers("time");
    for (StepResult step : result.steps()) {
      table.row(
          step.name(),
          step.alreadyDone() ? "already done" : "done",
          ElapsedTime.text(step.time()),
          step.outcome().summary().lines().findFirst().orElse(""));
    }
    StepResult last = result.steps().get(result.steps().size() - 1);
    return table.on(screen) + "\nDone in " + settings.workdir() + ": " + last.outcome().summary();
  }

  /** The command of a step knows the types of its settings. */
  private Map<String, Object> typed(JobStep step) {
    Object command =
        spec.root().subcommands().get(step.commandLine().get(0)).getCommandSpec().userObject();
    return EffectiveSettings.byName(step.settings(), ((SettingsCommand) command).definition());
  }

  private String jsonOf(String where, RunSettings settings, List<JobStep> steps, JobResult result) {
    List<Map<String, Object>> results = new ArrayList<>();
    Map<String, JobStep> byName = new HashMap<>();
    steps.forEach(step -> byName.put(step.name(), step));
    for (StepResult step : result.steps()) {
      results.add(
          Map.of(
              "name", step.name(),
              "settings", typed(byName.get(step.name())),
              "already_done", step.alreadyDone(),
              "seconds", step.time().toMillis() / 1000.0,
              "result", step.outcome().facts()));
    }
    return Json.result(
        Map.of("command", "run", "config", where, "workdir", settings.workdir(), "steps", results));
  }

  static byte[] embedded() {
    try (InputStream resource = RunCommand.class.getResourceAsStream(EMBEDDED)) {
      return resource.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the built-in job file", e);
    }
  }
}
