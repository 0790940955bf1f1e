package dev.alexnet.ops.launch;

import dev.alexnet.infra.storage.Location;
import java.util.List;

/** The command line of {@code alexnet} in the container of a job. */
final class ContainerCommand {
  /** Where the machine's local SSD is, on the machine and in the container. */
  static final String SCRATCH_DISK = "/mnt/disks/scratch";

  /** The job file as it was launched, in the work directory. */
  static final String JOB_FILE = "launch/job.yaml";

  private final LaunchPlan plan;

  ContainerCommand(LaunchPlan plan) {
    this.plan = plan;
  }

  List<String> words(int attempt) {
    Location workdir = plan.workdir();
    return List.of(
        "run",
        "--config=" + workdir.resolve(JOB_FILE),
        "--workdir=" + workdir,
        "--attempt=" + plan.run().jobId(attempt),
        "--require-gpus=" + plan.machine().accelerators(),
        "--scratch=" + SCRATCH_DISK + "/alexnet");
  }
}
