package dev.alexnet.ops.planning;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.ops.job.JobStep;
import dev.alexnet.ops.job.StepOutcome;
import dev.alexnet.ops.job.StepRunner;
import dev.alexnet.ops.parsing.CommandLines;
import jakarta.inject.Inject;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/**
 * Runs steps in this process, one after the other, each as a new command that gets the step's
 * command line.
 */
public final class InProcessStepRunner implements StepRunner {
  private final List<PlannedStep> possible;

  @Inject
  public InProcessStepRunner(List<PlannedStep> possible) {
    this.possible = List.copyOf(possible);
  }

  @Override
  public StepOutcome run(JobStep step, Progress progress) {
    List<String> line = step.commandLine();
    PlannedCommand command = commandOf(line.get(0));
    ParseResult parsed =
        CommandLines.of(new CommandLine(command))
            .parseArgs(line.subList(1, line.size()).toArray(String[]::new));
    if (!parsed.errors().isEmpty()) {
      throw new IllegalStateException(
          "The step '" + step.name() + "' was planned with a wrong command line: " + line,
          parsed.errors().get(0));
    }
    return command.perform(progress);
  }

  private PlannedCommand commandOf(String name) {
    return possible.stream()
        .filter(planned -> planned.section().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("'" + name + "' is not a step of a job"))
        .command()
        .get();
  }
}
