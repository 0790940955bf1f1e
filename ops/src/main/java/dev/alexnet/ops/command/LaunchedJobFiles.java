package dev.alexnet.ops.command;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.settings.Setting;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.training.TrainingSettings;
import dev.alexnet.ops.job.JobStep;
import dev.alexnet.ops.launch.ContainerCommand;
import dev.alexnet.ops.launch.LaunchPlan;
import dev.alexnet.ops.launch.LaunchSettings;
import dev.alexnet.ops.planning.JobFile;
import dev.alexnet.ops.planning.JobPlanner;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.TreeMap;

/** Reads the job file of a launch, and checks it as the machine will. */
final class LaunchedJobFiles {
  private final ObjectStore store;
  private final JobPlanner planner;

  @Inject
  LaunchedJobFiles(ObjectStore store, JobPlanner planner) {
    this.store = requireNonNull(store, "store is null");
    this.planner = requireNonNull(planner, "planner is null");
  }

  /** What to call it. */
  String name(LaunchPlan plan) {
    return plan.settings().config() == null
        ? RunCommand.EMBEDDED
        : plan.settings().config().value();
  }

  /**
   * @return the file's bytes
   * @throws Failure of kind USAGE that lists everything that is wrong with it
   */
  byte[] checked(LaunchPlan plan) {
    byte[] yaml =
        plan.settings().config() == null
            ? RunCommand.embedded()
            : store.readAll(plan.settings().config());
    String where = name(plan);
    planner
        .plan(JobFile.read(yaml, where), where, plan.workdir(), ofMachine(plan))
        .forEach(step -> requirePossible(step, plan, where));
    return yaml;
  }

  /** The machine would end with 78 once it is paid for. */
  private static void requirePossible(JobStep step, LaunchPlan plan, String where) {
    String deterministic = TrainingSettings.DETERMINISTIC.name();
    if (!plan.settings().deterministic()
        && step.settings().stream()
            .anyMatch(one -> one.name().equals(deterministic) && one.value().equals("true"))) {
      throw new Failure(
          Failure.Kind.USAGE,
          "%s: %s of %s needs a variable of the machine's environment; launch with --%s, which sets it"
              .formatted(where, deterministic, step.name(), LaunchSettings.DETERMINISTIC.name()));
    }
  }

  private static Map<String, String> ofMachine(LaunchPlan plan) {
    Map<String, String> values = new TreeMap<>(new ContainerCommand(plan).options(1));
    values.keySet().retainAll(RunSettings.OF_MACHINE.stream().map(Setting::name).toList());
    return values;
  }
}
