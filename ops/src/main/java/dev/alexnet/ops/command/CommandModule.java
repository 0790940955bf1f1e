package dev.alexnet.ops.command;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import dev.alexnet.ops.parsing.ProgramVersion;
import dev.alexnet.ops.planning.PlannedStep;
import java.util.List;

/** Binds the commands, and the steps that a job can have. */
public final class CommandModule extends AbstractModule {
  @Override
  protected void configure() {
    bind(Alexnet.class);
    bind(ProgramVersion.class);
    Commands.ALL.forEach(this::bind);
    bind(JobSteps.Results.class);
    bind(RunCommand.Jobs.class);
    bind(JobSteps.class);
    bind(LaunchedJobFiles.class);
  }

  @Provides
  List<PlannedStep> steps(JobSteps steps) {
    return steps.inOrder();
  }
}
