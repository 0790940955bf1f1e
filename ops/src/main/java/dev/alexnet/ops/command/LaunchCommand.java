package dev.alexnet.ops.command;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.ops.console.Confirmation;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.console.ElapsedTime;
import dev.alexnet.ops.console.Table;
import dev.alexnet.ops.environment.EnvironmentContract;
import dev.alexnet.ops.job.StepOutcome;
import dev.alexnet.ops.launch.Consent;
import dev.alexnet.ops.launch.JobJson;
import dev.alexnet.ops.launch.LaunchPlan;
import dev.alexnet.ops.launch.LaunchSettings;
import dev.alexnet.ops.launch.LaunchedRuns;
import dev.alexnet.ops.launch.PlanTable;
import dev.alexnet.ops.launch.Preview;
import dev.alexnet.ops.launch.Proposal;
import dev.alexnet.ops.parsing.OutputOptions;
import dev.alexnet.ops.parsing.SettingOptions;
import dev.alexnet.ops.parsing.SettingsCommand;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
    EnvironmentContract contract = EnvironmentContract.at(store, settings.environment());
    Optional<LaunchPlan> recorded = recorded(contract, settings);
    LaunchPlan plan = recorded.orElseGet(() -> LaunchPlan.of(contract, settings));
    byte[] jobFile = jobFiles.read(plan);
    if (recorded.isEmpty()) {
      return launchNew(plan, jobFile);
    }
    return settings.dryRun()
        ? preview(plan, jobFile, runs.next(plan, jobFile))
        : show(runs.launch(plan, jobFile, proposal -> isAgreed(plan, jobFile, proposal)));
  }

  /** A job can be looked at without a right to look at runs, and without a network. */
  private Optional<LaunchPlan> recorded(EnvironmentContract contract, LaunchSettings settings) {
    try {
      return runs.recorded(contract, settings);
    } catch (Failure e) {
      boolean isUnseen = e.kind() == Failure.Kind.REMOTE || e.kind() == Failure.Kind.PERMISSION;
      if (!settings.dryRun() || !isUnseen) {
        throw e;
      }
      console.note(
          "Shown as a new run, because nobody can tell whether %s was launched before: %s"
              .formatted(settings.run(), e.getMessage()));
      return Optional.empty();
    }
  }

  private int launchNew(LaunchPlan plan, byte[] jobFile) {
    Proposal first = Proposal.first(plan);
    if (plan.settings().dryRun()) {
      return preview(plan, jobFile, Preview.of(first));
    }
    if (!isAgreed(plan, jobFile, first)) {
      throw new Failure(Failure.Kind.USAGE, "Nothing was launched");
    }
    return show(runs.launch(plan, jobFile, Consent.GIVEN));
  }

  private int preview(LaunchPlan plan, byte[] jobFile, Preview preview) {
    Optional<Proposal> next = preview.next();
    next.ifPresentOrElse(
        proposal -> propose(plan, jobFile, proposal),
        () -> console.note("Nothing would be submitted: " + preview.whyNot()));
    Optional<String> job = next.map(plan::job).map(JobJson::of);
    if (output.isJson()) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("state", job.isPresent() ? "planned" : "nothing_to_submit");
      facts.put("job", job.map(LaunchCommand::parsed).orElse(null));
      console.out().println(Json.result(Map.of("command", "launch", "result", facts)));
    } else {
      job.ifPresent(console.out()::print);
    }
    console.out().flush();
    return CommandLine.ExitCode.OK;
  }

  private static JsonNode parsed(String json) {
    return Json.read(json.getBytes(StandardCharsets.UTF_8), JsonNode.class, "the job");
  }

  /** Shows what an attempt is and may cost, and asks. */
  private boolean isAgreed(LaunchPlan plan, byte[] jobFile, Proposal proposal) {
    propose(plan, jobFile, proposal);
    return plan.settings().yes()
        || confirmation
            .ask(proposal.attempt() == 1 ? "Launch it?" : "Submit this attempt?")
            .orElseThrow(LaunchCommand::nobodyToAsk);
  }

  private void propose(LaunchPlan plan, byte[] jobFile, Proposal proposal) {
    // A wrong job file is told before a machine is paid for.
    jobFiles.check(plan, jobFile);
    Table table = PlanTable.of(plan, jobFiles.name(plan));
    if (proposal.attempt() > 1) {
      table
          .row("used so far", proposal.used())
          .row("next attempt", "number %d, %s".formatted(proposal.attempt(), terms(proposal)));
    }
    console.err().println(table.on(console.messages()));
  }

  private static String terms(Proposal proposal) {
    return proposal.offer()
        + proposal
            .longest()
            .map(longest -> ", for at most " + ElapsedTime.text(longest))
            .orElse("");
  }

  private static Failure nobodyToAsk() {
    return new Failure(
        Failure.Kind.USAGE,
        "launch asks before it spends money, and cannot ask here: there is no terminal, or --quiet is given. Give --yes to launch without being asked, or --dry-run to see the job");
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
