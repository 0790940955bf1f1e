package dev.alexnet.ops.launch.life;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.training.log.TrainingLog;
import dev.alexnet.ops.attempt.Attempts;
import dev.alexnet.ops.launch.ContainerCommand;

/**
 * Where everything of a launched run lies.
 *
 * @param workdir of the run
 */
public record RunPlaces(Location workdir) {
  public RunPlaces {
    requireNonNull(workdir, "workdir is null");
  }

  /** The record of the launch. */
  public Location launchRecord() {
    return workdir.resolve("launch/launch.json");
  }

  /** The job file as launched. */
  public Location jobFile() {
    return workdir.resolve(ContainerCommand.JOB_FILE);
  }

  /** What each process on a machine showed, and how it ended. */
  Location attempts() {
    return workdir.resolve(Attempts.DIRECTORY);
  }

  /** What the training logs. */
  Location metrics() {
    return workdir.resolve("training").resolve(TrainingLog.METRICS);
  }
}
