package dev.alexnet.ops.command;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.launch.LogsSettings;
import dev.alexnet.ops.launch.life.CloudRuns;
import dev.alexnet.ops.launch.life.EnvironmentRuns;
import dev.alexnet.ops.launch.life.RunLogs.AttemptLog;
import dev.alexnet.ops.launch.life.RunLogs.ExecutionLog;
import dev.alexnet.ops.parsing.OutputOptions;
import dev.alexnet.ops.parsing.SettingOptions;
import dev.alexnet.ops.parsing.SettingsCommand;
import dev.alexnet.ops.process.Termination;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "logs",
    description = {
      "Shows what an attempt at a launched run showed on its machine. If it never began, shows what Batch says of its job.",
      ""
    },
    customSynopsis = "alexnet logs [OPTIONS] RUN%n",
    footer = "  alexnet logs --environment environment.json --follow first")
final class LogsCommand implements Callable<Integer>, SettingsCommand {
  private final Console console;
  private final CloudRuns cloud;
  private final Termination termination;

  @Spec private CommandSpec spec;

  @Mixin private final OutputOptions output = new OutputOptions();

  @Inject
  LogsCommand(Console console, CloudRuns cloud, Termination termination) {
    this.console = requireNonNull(console, "console is null");
    this.cloud = requireNonNull(cloud, "cloud is null");
    this.termination = requireNonNull(termination, "termination is null");
  }

  @Override
  public SettingsDefinition<LogsSettings> definition() {
    return LogsSettings.DEFINITION;
  }

  @Override
  public Integer call() {
    LogsSettings settings = SettingOptions.read(spec, definition());
    if (settings.follow() && output.isJson()) {
      throw new Failure(
          Failure.Kind.USAGE,
          "--follow shows a log as it grows, and --json writes one object at the end; give only one of them");
    }
    try (EnvironmentRuns runs = cloud.open(settings.environment())) {
      console.note(runs.heading(settings.run()));
      // An attempt that has shown nothing until its end has a reason.
      if (!settings.follow() || (!follow(runs, settings) && !termination.isRequested())) {
        show(runs, settings);
      }
    }
    return CommandLine.ExitCode.OK;
  }

  /** Whether there was something to show. */
  private boolean follow(EnvironmentRuns runs, LogsSettings settings) {
    return termination.heededBy(
        () ->
            runs.logs()
                .follow(
                    runs.places(settings.run()),
                    settings.attempt(),
                    this::print,
                    termination::isRequested));
  }

  private void show(EnvironmentRuns runs, LogsSettings settings) {
    AttemptLog log = runs.logs().read(runs.places(settings.run()), settings.attempt());
    if (output.isJson()) {
      console.out().println(Json.result(Map.of("command", "logs", "result", log)));
      return;
    }
    for (ExecutionLog execution : log.executions()) {
      console.note(heading(log, execution));
      print(execution.text());
    }
    if (log.executions().isEmpty()) {
      console.note(log.absence());
      log.events().forEach(console.out()::println);
    }
    if (!log.uid().isEmpty()) {
      console.note(
          "What the machine itself logged: gcloud logging read 'labels.job_uid=\"%s\"' --project=%s --order=asc"
              .formatted(log.uid(), runs.environment().project()));
    }
  }

  private static String heading(AttemptLog log, ExecutionLog execution) {
    String end =
        execution.outcome() == null
            ? "it has not ended, or was killed"
            : "it ended at %s with exit code %d"
                .formatted(execution.outcome().ended(), execution.outcome().exitCode());
    return "%s began at %s on %s; %s"
        .formatted(log.job(), execution.start().started(), execution.start().host(), end);
  }

  private void print(String text) {
    console.out().print(text);
    console.out().flush();
  }
}
