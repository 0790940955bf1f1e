package dev.alexnet.ops.command;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.console.ProgressLine;
import dev.alexnet.ops.launch.StatusSettings;
import dev.alexnet.ops.launch.life.CloudRuns;
import dev.alexnet.ops.launch.life.EnvironmentRuns;
import dev.alexnet.ops.launch.life.RunStatus;
import dev.alexnet.ops.launch.life.StatusTables;
import dev.alexnet.ops.parsing.OutputOptions;
import dev.alexnet.ops.parsing.SettingOptions;
import dev.alexnet.ops.parsing.SettingsCommand;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "status",
    description = {
      "Shows how launched runs are: their attempts, how far the training is, and what they have cost so far. It changes nothing.",
      ""
    },
    customSynopsis = "alexnet status [OPTIONS] [RUN]%n",
    footer = "  alexnet status --environment environment.json first")
final class StatusCommand implements Callable<Integer>, SettingsCommand {
  private final Console console;
  private final CloudRuns cloud;

  @Spec private CommandSpec spec;

  @Mixin private final OutputOptions output = new OutputOptions();

  @Inject
  StatusCommand(Console console, CloudRuns cloud) {
    this.console = requireNonNull(console, "console is null");
    this.cloud = requireNonNull(cloud, "cloud is null");
  }

  @Override
  public SettingsDefinition<StatusSettings> definition() {
    return StatusSettings.DEFINITION;
  }

  @Override
  public Integer call() {
    StatusSettings settings = SettingOptions.read(spec, definition());
    List<RunStatus> found;
    try (EnvironmentRuns runs = cloud.open(settings.environment());
        ProgressLine progress = console.progress("status")) {
      settings.run().ifPresent(run -> console.note(runs.heading(run)));
      found =
          settings
              .run()
              .map(run -> List.of(runs.status(run)))
              .orElseGet(() -> runs.statusOfAll(progress));
    }
    if (output.isJson()) {
      console.out().println(Json.result(Map.of("command", "status", "runs", found)));
    } else if (settings.run().isEmpty()) {
      console.result(StatusTables.ofAll(found, console.screen()));
    } else {
      console.result(StatusTables.of(found.get(0), console.screen()));
    }
    return CommandLine.ExitCode.OK;
  }
}
