package dev.alexnet.ops.command;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.job.StepOutcome;
import picocli.CommandLine.Command;

/** A small real command: counts to a number. */
@Command(name = "count")
public final class CountCommand extends StepCommand<CountSettings> {
  public CountCommand(Console console) {
    super(console);
  }

  record Result(int counted, Location log) {}

  @Override
  public SettingsDefinition<CountSettings> definition() {
    return CountSettings.DEFINITION;
  }

  @Override
  StepOutcome run(Progress progress) {
    int upTo = settings().upTo();
    int counted = 0;
    while (counted < upTo) {
      counted += settings().by();
      progress.report(counted, upTo, "numbers", "");
    }
    StepOutcome outcome =
        StepOutcome.of("counted to " + counted, new Result(counted, settings().log()));
    return counted == upTo
        ? outcome
        : outcome.failed(new Failure(Failure.Kind.BAD_DATA, "counted past " + upTo));
  }
}
