package dev.alexnet.ops.command;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.console.ElapsedTime;
import dev.alexnet.ops.console.Table;
import dev.alexnet.ops.job.Job;
import dev.alexnet.ops.job.JobFile;
import dev.alexnet.ops.job.JobResult;
import dev.alexnet.ops.job.JobResult.StepResult;
import dev.alexnet.ops.job.JobStep;
import dev.alexnet.ops.job.Setting;
import dev.alexnet.ops.parsing.EffectiveSettings;
import dev.alexnet.ops.parsing.JsonOption;
import dev.alexnet.ops.planning.JobPlanner;
import dev.alexnet.ops.process.Termination;
import dev.alexnet.ops.runner.RunsOnBeam;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "run",
    description = {
      "Runs the batch job: makes the datasets, trains, scores and reports. Stopped, it continues when it is"
          + " run again. Without a job file it makes a small synthetic ImageNet and trains a small"
          + " network on it, in minutes.",
      ""
    },
    customSynopsis = "alexnet run [OPTIONS] [-- RUNNER OPTIONS]%n",
    footer = "  alexnet run --config job.yaml --workdir runs/first")
final class RunCommand implements Callable<Integer>, RunsOnBeam {
  private static final String EMBEDDED = "default-job.yaml";

  private final ObjectStore store;
  private final Console console;
  private final JobPlanner planner;
  private final Job job;
  private final Termination termination;

  @Option(
      names = "--config",
      description = "The job file, in YAML; the one built in where not given.")
  private Location config;

  @Option(
      names = "--workdir",
      defaultValue = "runs/default",
      description = "The directory of everything that the job makes; local.")
  private Location workdir;

  @Mixin private final JsonOption json = new JsonOption();

  @Inject
  RunCommand(
      ObjectStore store, Console console, JobPlanner planner, Job job, Termination termination) {
    this.store = requireNonNull(store, "store is null");
    this.console = requireNonNull(console, "console is null");
    this.planner = requireNonNull(planner, "planner is null");
    this.job = requireNonNull(job, "job is null");
    this.termination = requireNonNull(termination, "termination is null");
  }

  @Override
  public Integer call() {
    byte[] yaml = config == null ? embedded() : store.readAll(config);
    String where = config == null ? EMBEDDED : config.value();
    List<JobStep> steps = planner.plan(JobFile.read(yaml, where), where, workdir);
    if (!json.isGiven()) {
      console.out().println("Job " + where + " in " + workdir + "\n");
      console.out().println(EffectiveSettings.table(settingsOf(steps)));
    }
    JobResult result = job.run(workdir, steps, termination::isRequested);
    console.out().println(json.isGiven() ? jsonOf(where, steps, result) : textOf(result));
    return CommandLine.ExitCode.OK;
  }

  private static List<Setting> settingsOf(List<JobStep> steps) {
    List<Setting> all = new ArrayList<>();
    for (JobStep step : steps) {
      for (Setting setting : step.settings()) {
        all.add(new Setting(step.name() + " " + setting.name(), setting.value(), setting.origin()));
      }
    }
    return all;
  }

  private String textOf(JobResult result) {
    Table table = new Table("step", "state", "time", "result");
    for (StepResult step : result.steps()) {
      table.row(
          step.name(),
          step.alreadyDone() ? "already done" : "done",
          ElapsedTime.text(step.time()),
          step.outcome().summary());
    }
    StepResult last = result.steps().get(result.steps().size() - 1);
    return table + "\nDone in " + workdir + ": " + last.outcome().summary();
  }

  private String jsonOf(String where, List<JobStep> steps, JobResult result) {
    List<Map<String, Object>> results = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      StepResult step = result.steps().get(i);
      results.add(
          Map.of(
              "name", step.name(),
              "settings", EffectiveSettings.byName(steps.get(i).settings()),
              "alreadyDone", step.alreadyDone(),
              "seconds", step.time().toMillis() / 1000.0,
              "result", step.outcome().facts()));
    }
    return Json.line(
        Map.of("command", "run", "config", where, "workdir", workdir, "steps", results));
  }

  static byte[] embedded() {
    try (InputStream resource = RunCommand.class.getResourceAsStream(EMBEDDED)) {
      return resource.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the built-in job file", e);
    }
  }
}
