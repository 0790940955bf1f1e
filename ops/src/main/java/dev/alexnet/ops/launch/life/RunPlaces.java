package dev.alexnet.ops.launch.life;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.storage.Location;
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

  /** What trainings make: one has its files here, and variants have directories of their own. */
  Location trainings() {
    return workdir.resolve("training");
  }
}
