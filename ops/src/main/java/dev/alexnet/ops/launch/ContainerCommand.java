package dev.alexnet.ops.launch;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.session.GpuEnvironment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The command line of {@code alexnet} in the container of a job. */
public final class ContainerCommand {
  /** Where the machine's local SSD is, on the machine and in the container. */
  static final String SCRATCH_DISK = "/mnt/disks/scratch";

  /** The job file as it was launched, in the work directory. */
  public static final String JOB_FILE = "launch/job.yaml";

  private static final String COMMAND = "run";
  private static final String DETERMINISTIC = "deterministic";

  private final LaunchPlan plan;

  public ContainerCommand(LaunchPlan plan) {
    this.plan = requireNonNull(plan, "plan is null");
  }

  /** The values of the command's options by their names, which have no hyphens before them. */
  public Map<String, String> options(int attempt) {
    Location workdir = plan.workdir();
    Map<String, String> options = new LinkedHashMap<>();
    options.put("config", workdir.resolve(JOB_FILE).value());
    options.put("workdir", workdir.value());
    options.put("attempt", plan.run().jobId(attempt));
    options.put("require-gpus", Integer.toString(plan.machine().accelerators()));
    options.put("scratch", SCRATCH_DISK + "/alexnet");
    if (plan.settings().deterministic()) {
      options.put(DETERMINISTIC, "true");
    }
    return options;
  }

  List<String> words(int attempt) {
    List<String> words = new ArrayList<>();
    words.add(COMMAND);
    options(attempt)
        .forEach(
            (name, value) -> {
              words.add("--" + name);
              if (!name.equals(DETERMINISTIC)) {
                words.add(value);
              }
            });
    return words;
  }

  /** What TensorFlow reads when it is loaded, before the command knows its options. */
  Map<String, String> variables() {
    return plan.settings().deterministic() ? Map.of(GpuEnvironment.DETERMINISTIC, "1") : Map.of();
  }
}
