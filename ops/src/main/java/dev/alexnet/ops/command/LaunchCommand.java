package dev.alexnet.ops.command;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.ops.console.Confirmation;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.environment.EnvironmentContract;
import dev.alexnet.ops.job.StepOutcome;
import dev.alexnet.ops.launch.Consent;
import dev.alexnet.ops.launch.JobJson;
import dev.alexnet.ops.launch.LaunchPlan;
import dev.alexnet.ops.launch.LaunchSettings;
import dev.alexnet.ops.launch.LaunchedRuns;
import dev.alexnet.ops.launch.PlanTable;
import dev.alexnet.ops.parsing.OutputOptions;
import dev.alexnet.ops.parsing.SettingOptions;
import dev.alexnet.ops.parsing.SettingsCommand;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "launch",
    description = {
      "Runs a batch job on a machine with GPUs on Google Cloud, and follows it. Shows what it will cost and asks before it starts. If it was stopped, launch it again to continue or to follow it.",
      ""
    },
    customSynopsis = "alexnet launch [OPTIONS] RUN%n",
    footer = "  alexnet launch --config job.yaml --max-cost 20 --image \"$IMAGE\" first")
final class LaunchCommand implements Callable<Integer>, SettingsCommand {
  private final ObjectStore store;
  private final Console console;
  private final LaunchedJobFiles jobFiles;
  private final LaunchedRuns runs;
  private final Confirmation confirmation;

  @Spec private CommandSpec spec;

  @Mixin private final OutputOptions output = new OutputOptions();

  @Inject
  LaunchCommand(
      ObjectStore store,
      Console console,
      LaunchedJobFiles jobFiles,
      LaunchedRuns runs,
      Confirmation confirmation) {
    this.store = requireNonNull(store, "store is null");
    this.console = requireNonNull(console, "console is null");
    this.jobFiles = requireNonNull(jobFiles, "jobFiles is null");
    this.runs = requireNonNull(runs, "runs is null");
    this.confirmation = requireNonNull(confirmation, "confirmation is null");
  }

  @Override
  public SettingsDefinition<LaunchSettings> definition() {
    return LaunchSettings.DEFINITION;
  }

  @Override
  public Integer call() {
    LaunchSettings settings = SettingOptions.read(spec, definition());
    Consent consent = settings.yes() ? Consent.GIVEN : this::isConfirmed;
    EnvironmentContract contract = EnvironmentContract.at(store, settings.environment());
    if (!settings.dryRun() && runs.isLaunched(contract, settings.run())) {
      return show(runs.attach(contract, settings, consent));
    }
    LaunchPlan plan = LaunchPlan.of(contract, settings);
    // A wrong job file is told before a machine is paid for.
    byte[] jobFile = jobFiles.checked(plan);
    console.err().println(PlanTable.of(plan, jobFiles.name(plan)).on(console.messages()));
    if (settings.dryRun()) {
      console.out().print(JobJson.of(plan.firstJob()));
      console.out().flush();
      return CommandLine.ExitCode.OK;
    }
    if (!consent.isGiven("Launch it?")) {
      console.note("Nothing was launched");
      return CommandLine.ExitCode.OK;
    }
    return show(runs.launch(plan, jobFile));
  }

  private boolean isConfirmed(String question) {
    return confirmation
        .ask(question)
        .orElseThrow(
            () ->
                new Failure(
                    Failure.Kind.USAGE,
                    "launch asks before it spends money, and there is no terminal to ask on; give --yes to launch without being asked, or --dry-run to see the job"));
  }

  private int show(StepOutcome outcome) {
    console
        .out()
        .println(
            output.isJson()
                ? Json.result(Map.of("command", "launch", "result", outcome.facts()))
                : outcome.summary());
    outcome.throwIfFailed();
    return CommandLine.ExitCode.OK;
  }
}
