package dev.alexnet.ops.launch;

import static java.util.Objects.requireNonNull;

import com.google.cloud.batch.v1.AllocationPolicy;
import com.google.cloud.batch.v1.AllocationPolicy.LocationPolicy;
import com.google.cloud.batch.v1.AllocationPolicy.NetworkInterface;
import com.google.cloud.batch.v1.AllocationPolicy.NetworkPolicy;
import com.google.cloud.batch.v1.Job;
import com.google.cloud.batch.v1.JobNotification;
import com.google.cloud.batch.v1.JobStatus;
import com.google.cloud.batch.v1.LogsPolicy;
import com.google.cloud.batch.v1.ServiceAccount;
import com.google.cloud.batch.v1.TaskGroup;
import dev.alexnet.infra.settings.Problems;
import dev.alexnet.ops.environment.EnvironmentContract;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes the Batch jobs of a run. The same arguments always make the same job. */
public final class JobSpecification {
  /** The label of a run's jobs and machines. */
  public static final String RUN_LABEL = "run";

  /** The label that numbers the attempts of a run, from 1. */
  public static final String ATTEMPT_LABEL = "attempt";

  private final LaunchPlan plan;
  private final EnvironmentContract contract;

  public JobSpecification(LaunchPlan plan) {
    this.plan = requireNonNull(plan, "plan is null");
    this.contract = plan.contract();
  }

  /**
   * The job of an attempt.
   *
   * @param attempt from 1
   * @param timeLeft what is left of the run's ceiling for this offer; empty if it has none. Batch
   *     does not repeat the task of a job under a ceiling, because each repetition would begin the
   *     time anew.
   */
  public Job job(int attempt, Offer offer, Optional<Duration> timeLeft) {
    new Problems("job")
        .require(attempt >= 1, "attempt is %s; it must be at least 1", attempt)
        // A limit of no seconds could be taken for no limit.
        .require(
            timeLeft.isEmpty() || timeLeft.get().toSeconds() >= 1,
            "timeLeft is %s; it must be at least a second",
            timeLeft)
        .throwIfAny();
    return Job.newBuilder()
        .addTaskGroups(
            TaskGroup.newBuilder()
                .setTaskCount(1)
                .setTaskSpec(new TaskSpecification(plan).task(attempt, offer, timeLeft)))
        .setAllocationPolicy(allocation(attempt, offer))
        .putAllLabels(labels(attempt))
        .setLogsPolicy(LogsPolicy.newBuilder().setDestination(LogsPolicy.Destination.CLOUD_LOGGING))
        // Batch has no metric of failed jobs: the alert waits for this message.
        .addNotifications(
            JobNotification.newBuilder()
                .setPubsubTopic(contract.failedJobsTopic())
                .setMessage(
                    JobNotification.Message.newBuilder()
                        .setType(JobNotification.Type.JOB_STATE_CHANGED)
                        .setNewJobState(JobStatus.State.FAILED)))
        .build();
  }

  private AllocationPolicy allocation(int attempt, Offer offer) {
    return AllocationPolicy.newBuilder()
        .setLocation(LocationPolicy.newBuilder().addAllowedLocations("zones/" + offer.zone()))
        .addInstances(new MachineSpecification(plan.machine()).on(offer.provisioning()))
        .setServiceAccount(
            ServiceAccount.newBuilder()
                .setEmail(contract.serviceAccounts().job())
                .addScopes("https://www.googleapis.com/auth/cloud-platform"))
        .setNetwork(
            NetworkPolicy.newBuilder()
                .addNetworkInterfaces(
                    NetworkInterface.newBuilder()
                        .setNetwork(contract.network())
                        .setSubnetwork(contract.subnetwork())
                        .setNoExternalIpAddress(true)))
        .putAllLabels(labels(attempt))
        .build();
  }

  /** Sorted, so that the same job has the same text. */
  private Map<String, String> labels(int attempt) {
    Map<String, String> labels = new TreeMap<>(contract.labels());
    labels.put(RUN_LABEL, plan.run().value());
    labels.put(ATTEMPT_LABEL, Integer.toString(attempt));
    return labels;
  }
}
