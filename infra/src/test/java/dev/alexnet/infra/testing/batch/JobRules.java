package dev.alexnet.infra.testing.batch;

import com.google.cloud.batch.v1.AllocationPolicy;
import com.google.cloud.batch.v1.AllocationPolicy.AttachedDisk;
import com.google.cloud.batch.v1.CreateJobRequest;
import com.google.cloud.batch.v1.Job;
import com.google.cloud.batch.v1.Runnable;
import com.google.cloud.batch.v1.TaskSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What Batch refuses a job for, as its reference says. */
final class JobRules {
  private static final Pattern ID = Pattern.compile("[a-z]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern LABEL = Pattern.compile("[a-z][a-z0-9_-]{0,62}");
  private static final Pattern LABEL_VALUE = Pattern.compile("[a-z0-9_-]{0,63}");
  private static final int LARGEST = 1 << 20;
  private static final long LONGEST_SECONDS = 14 * 24 * 3600;

  private final List<String> problems = new ArrayList<>();

  private JobRules() {}

  static List<String> problems(CreateJobRequest request) {
    JobRules rules = new JobRules();
    rules.check(request);
    return rules.problems;
  }

  private void check(CreateJobRequest request) {
    Job job = request.getJob();
    require(ID.matcher(request.getJobId()).matches(), "job_id is not valid");
    require(job.getSerializedSize() <= LARGEST, "the job is larger than 1 MB");
    require(job.getTaskGroupsCount() == 1, "there must be one task group");
    checkLabels(job);
    checkPlace(job.getAllocationPolicy(), request.getParent().replaceFirst(".*/", ""));
    if (job.getTaskGroupsCount() == 1) {
      require(job.getTaskGroups(0).getTaskCount() >= 1, "task_count is not positive");
      checkTask(job.getTaskGroups(0).getTaskSpec(), devices(job.getAllocationPolicy()));
    }
    job.getNotificationsList()
        .forEach(
            each ->
                require(
                    each.getPubsubTopic().matches("projects/[^/]+/topics/[^/]+"),
                    "pubsub_topic is not a topic"));
  }

  private void checkLabels(Job job) {
    List.of(job.getLabelsMap(), job.getAllocationPolicy().getLabelsMap())
        .forEach(
            labels ->
                labels.forEach(
                    (name, value) ->
                        require(
                            LABEL.matcher(name).matches() && LABEL_VALUE.matcher(value).matches(),
                            "the label " + name + "=" + value + " is not valid")));
  }

  private void checkPlace(AllocationPolicy policy, String region) {
    policy
        .getLocation()
        .getAllowedLocationsList()
        .forEach(
            place ->
                require(
                    place.equals("regions/" + region)
                        || place.matches("zones/" + Pattern.quote(region) + "-[a-z]"),
                    place + " is not in " + region));
    require(policy.getInstancesCount() <= 1, "there may be one instance policy");
    policy
        .getNetwork()
        .getNetworkInterfacesList()
        .forEach(
            each ->
                require(
                    !each.getNetwork().isEmpty() && !each.getSubnetwork().isEmpty(),
                    "network and subnetwork must be given together"));
    disks(policy)
        .forEach(
            disk ->
                require(
                    !disk.getNewDisk().getType().equals("local-ssd")
                        || disk.getNewDisk().getSizeGb() % 375 == 0,
                    "a local SSD has a multiple of 375 GB"));
  }

  private void checkTask(TaskSpec task, Set<String> devices) {
    require(task.getRunnablesCount() > 0, "there is no runnable");
    for (Runnable runnable : task.getRunnablesList()) {
      require(
          !runnable.hasContainer() || !runnable.getContainer().getImageUri().isEmpty(),
          "a container has no image_uri");
    }
    int retries = task.getMaxRetryCount();
    require(0 <= retries && retries <= 10, "max_retry_count is not in [0, 10]");
    require(task.getLifecyclePoliciesCount() <= 1, "there may be one lifecycle policy");
    require(
        task.getMaxRunDuration().getSeconds() <= LONGEST_SECONDS,
        "max_run_duration is more than 14 days");
    task.getVolumesList()
        .forEach(
            volume ->
                require(
                    volume.getDeviceName().isEmpty() || devices.contains(volume.getDeviceName()),
                    "no disk has the device_name " + volume.getDeviceName()));
  }

  private static List<AttachedDisk> disks(AllocationPolicy policy) {
    return policy.getInstancesCount() == 0
        ? List.of()
        : policy.getInstances(0).getPolicy().getDisksList();
  }

  private static Set<String> devices(AllocationPolicy policy) {
    Set<String> names = new HashSet<>();
    disks(policy).forEach(disk -> names.add(disk.getDeviceName()));
    return names;
  }

  private void require(boolean holds, String problem) {
    if (!holds) {
      problems.add(problem);
    }
  }
}
