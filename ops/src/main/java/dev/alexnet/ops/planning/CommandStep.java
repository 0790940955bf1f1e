package dev.alexnet.ops.planning;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.ops.job.JobStep;
import dev.alexnet.ops.job.Setting;
import dev.alexnet.ops.job.StepOutcome;
import java.util.List;

/** A command as a step of the job. */
record CommandStep(
    String name,
    PlannedCommand command,
    List<Setting> settings,
    Location directory,
    List<Location> inputs,
    List<Location> outputs)
    implements JobStep {

  CommandStep {
    settings = List.copyOf(settings);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  @Override
  public boolean isIntact() {
    return command.isIntact();
  }

  @Override
  public StepOutcome run(Progress progress) {
    return command.perform(progress);
  }
}
