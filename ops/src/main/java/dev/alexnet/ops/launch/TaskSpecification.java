package dev.alexnet.ops.launch;

import com.google.cloud.batch.v1.Environment;
import com.google.cloud.batch.v1.LifecyclePolicy;
import com.google.cloud.batch.v1.Runnable;
import com.google.cloud.batch.v1.Runnable.Container;
import com.google.cloud.batch.v1.Runnable.Script;
import com.google.cloud.batch.v1.TaskSpec;
import com.google.cloud.batch.v1.Volume;
import dev.alexnet.infra.failure.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Describes the only task of a job: its container, and when Batch repeats it. */
final class TaskSpecification {
  /** How Batch says that a machine, and not the program, ended a task. */
  private static final List<Integer> OF_THE_MACHINE =
      List.of(
          50001, // preempted
          50002, // no report in time
          50003, // restarted
          50004, // no answer
          50006); // made anew

  private static final int MOST_RETRIES = 10;

  private final LaunchPlan plan;

  TaskSpecification(LaunchPlan plan) {
    this.plan = plan;
  }

  TaskSpec task(int attempt, Offer offer, Optional<Duration> timeLeft) {
    TaskSpec.Builder task =
        TaskSpec.newBuilder()
            // The disk belongs to root, and the image's user does not.
            .addRunnables(script("chmod 1777 " + ContainerCommand.SCRATCH_DISK))
            .addRunnables(program(attempt))
            .addVolumes(
                Volume.newBuilder()
                    .setDeviceName(MachineSpecification.SCRATCH_DEVICE)
                    .setMountPath(ContainerCommand.SCRATCH_DISK)
                    .addMountOptions("rw")
                    .addMountOptions("async"))
            .setMaxRunDuration(seconds(longest(offer, timeLeft)));
    if (timeLeft.isEmpty()) {
      task.setMaxRetryCount(MOST_RETRIES).addLifecyclePolicies(retries());
    }
    return task.build();
  }

  private Runnable program(int attempt) {
    Runnable.Builder program = Runnable.newBuilder().setContainer(container(attempt));
    Map<String, String> variables = new ContainerCommand(plan).variables();
    if (!variables.isEmpty()) {
      program.setEnvironment(Environment.newBuilder().putAllVariables(variables));
    }
    return program.build();
  }

  private Container container(int attempt) {
    return Container.newBuilder()
        .setImageUri(plan.settings().image())
        .addAllCommands(new ContainerCommand(plan).words(attempt))
        // Given volumes replace those of the task, so the disk is named again.
        .addVolumes(ContainerCommand.SCRATCH_DISK + ":" + ContainerCommand.SCRATCH_DISK)
        .addVolumes("/var/lib/nvidia/lib64:/usr/local/nvidia/lib64")
        .addVolumes("/var/lib/nvidia/bin:/usr/local/nvidia/bin")
        // Otherwise the GPUs' devices are not in the container.
        .setOptions("--privileged")
        .build();
  }

  private static Runnable script(String text) {
    return Runnable.newBuilder().setScript(Script.newBuilder().setText(text)).build();
  }

  /** All other exit codes fail the task: the same work would end in the same way again. */
  private static LifecyclePolicy retries() {
    return LifecyclePolicy.newBuilder()
        .setAction(LifecyclePolicy.Action.RETRY_TASK)
        .setActionCondition(
            LifecyclePolicy.ActionCondition.newBuilder()
                .addAllExitCodes(OF_THE_MACHINE)
                .addExitCodes(Failure.Kind.INTERRUPTED.exitCode())
                .addExitCodes(Failure.Kind.REMOTE.exitCode()))
        .build();
  }

  private static Duration longest(Offer offer, Optional<Duration> timeLeft) {
    Duration limit = offer.provisioning().longest();
    return timeLeft.filter(left -> left.compareTo(limit) < 0).orElse(limit);
  }

  private static com.google.protobuf.Duration seconds(Duration duration) {
    return com.google.protobuf.Duration.newBuilder().setSeconds(duration.toSeconds()).build();
  }
}
