package dev.alexnet.ops.command;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.job.StepOutcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A small real command: counts to a number. */
@Command(name = "count")
public final class CountCommand extends StepCommand {
  @Option(names = "--up-to", required = true)
  private int upTo;

  @Option(names = "--by", defaultValue = "1")
  private int by;

  @Option(names = "--log")
  private Location log;

  public CountCommand(Console console) {
    super(console);
  }

  record Settings(int upTo, int by) {
    Settings {
      new Problems("count")
          .require(upTo > 0, "up-to is %s; it must be at least 1", upTo)
          .require(by > 0, "by is %s; it must be at least 1", by)
          .throwIfAny();
    }
  }

  record Result(int counted, Location log) {}

  @Override
  Settings settings() {
    return new Settings(upTo, by);
  }

  @Override
  StepOutcome run(Progress progress) {
    int counted = 0;
    while (counted < upTo) {
      counted += by;
      progress.report(counted, upTo, "numbers", "");
    }
    StepOutcome outcome = StepOutcome.of("counted to " + counted, new Result(counted, log));
    return counted == upTo
        ? outcome
        : outcome.failed(new Failure(Failure.Kind.BAD_DATA, "counted past " + upTo));
  }
}
