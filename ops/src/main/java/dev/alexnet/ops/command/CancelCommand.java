package dev.alexnet.ops.command;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.console.ProgressLine;
import dev.alexnet.ops.launch.CancelSettings;
import dev.alexnet.ops.launch.life.CancelResult;
import dev.alexnet.ops.launch.life.CloudRuns;
import dev.alexnet.ops.launch.life.EnvironmentRuns;
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
    name = "cancel",
    description = {
      "Cancels the attempt of a launched run that lives, and waits until it has ended. Checkpoints are kept: launch the run again to go on.",
      ""
    },
    customSynopsis = "alexnet cancel [OPTIONS] RUN%n",
    footer = "  alexnet cancel --environment environment.json first")
final class CancelCommand implements Callable<Integer>, SettingsCommand {
  private final Console console;
  private final CloudRuns cloud;
  private final Termination termination;

  @Spec private CommandSpec spec;

  @Mixin private final OutputOptions output = new OutputOptions();

  @Inject
  CancelCommand(Console console, CloudRuns cloud, Termination termination) {
    this.console = requireNonNull(console, "console is null");
    this.cloud = requireNonNull(cloud, "cloud is null");
    this.termination = requireNonNull(termination, "termination is null");
  }

  @Override
  public SettingsDefinition<CancelSettings> definition() {
    return CancelSettings.DEFINITION;
  }

  @Override
  public Integer call() {
    CancelSettings settings = SettingOptions.read(spec, definition());
    CancelResult result;
    try (EnvironmentRuns runs = cloud.open(settings.environment());
        ProgressLine progress = console.progress("cancel")) {
      console.note(runs.heading(settings.run()));
      result =
          termination.heededBy(
              () -> runs.cancel(settings.run(), progress, termination::isRequested));
    }
    if (output.isJson()) {
      console.out().println(Json.result(Map.of("command", "cancel", "result", result)));
    } else {
      console.result(result.summary());
    }
    return CommandLine.ExitCode.OK;
  }
}
