package dev.alexnet.ops.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.batch.v1.AllocationPolicy.InstancePolicy;
import com.google.cloud.batch.v1.Job;
import com.google.cloud.batch.v1.Runnable;
import com.google.cloud.batch.v1.TaskSpec;
import com.google.protobuf.util.JsonFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Jobs as they were reviewed, one file for each machine, terms and ceiling. */
class JobSpecificationTest {
  private static final Duration CEILING = Duration.ofHours(6);

  static Stream<Arguments> jobs() {
    List<Arguments> jobs = new ArrayList<>();
    for (String profile : List.of("l4", "t4", "a100", "a100-80")) {
      for (Provisioning terms : Provisioning.values()) {
        // Google starts no such machine flexibly.
        if (!(profile.equals("t4") && terms == Provisioning.FLEX_START)) {
          jobs.add(Arguments.of(profile, terms, false));
          jobs.add(Arguments.of(profile, terms, true));
        }
      }
    }
    return jobs.stream();
  }

  private static Job job(String profile, Provisioning terms, Optional<Duration> ceiling) {
    LaunchPlan plan = PlannedLaunches.plan(all -> all.set(LaunchSettings.PROFILE, profile));
    return new JobSpecification(plan).job(2, new Offer(terms, "us-central1-a"), ceiling);
  }

  private static Optional<Duration> ceiling(boolean under) {
    return under ? Optional.of(CEILING) : Optional.empty();
  }

  @ParameterizedTest(name = "{0} {1}, under a ceiling: {2}")
  @MethodSource("jobs")
  void job_ofAMachineAndTerms_isAsReviewed(String profile, Provisioning terms, boolean under) {
    String name = profile + "-" + terms + (under ? "-ceiling" : "") + ".json";

    assertThat(JobJson.of(job(profile, terms, ceiling(under))))
        .isEqualTo(new String(PlannedLaunches.resource("jobs/" + name), StandardCharsets.UTF_8));
  }

  @ParameterizedTest(name = "{0} {1}, under a ceiling: {2}")
  @MethodSource("jobs")
  void json_ofAJob_isReadAsTheSameJob(String profile, Provisioning terms, boolean under)
      throws Exception {
    Job job = job(profile, terms, ceiling(under));
    Job.Builder read = Job.newBuilder();

    JsonFormat.parser().merge(JobJson.of(job), read);

    assertThat(read.build()).isEqualTo(job);
  }

  /** TensorFlow reads the variable when it is loaded, before the command knows its options. */
  @Test
  void task_deterministic_tellsTheCommandAndTensorFlow() {
    LaunchPlan plan = PlannedLaunches.plan(all -> all.set(LaunchSettings.DETERMINISTIC, true));

    Runnable program = task(plan.firstJob()).getRunnables(1);

    assertThat(program.getContainer().getCommandsList()).endsWith("--deterministic");
    assertThat(program.getEnvironment().getVariablesMap())
        .containsExactly(Map.entry("TF_DETERMINISTIC_OPS", "1"));
  }

  @Test
  void task_withoutACeiling_isRepeatedForTheMachineAndAfterACommitAndForNothingElse() {
    TaskSpec task = task(job("l4", Provisioning.SPOT, Optional.empty()));

    assertThat(task.getMaxRetryCount()).isEqualTo(10);
    assertThat(task.getLifecyclePoliciesList()).hasSize(1);
    assertThat(task.getLifecyclePolicies(0).getActionCondition().getExitCodesList())
        .containsExactly(50001, 50002, 50003, 50004, 50006, 75, 76);
    assertThat(task.getMaxRunDuration().getSeconds()).isEqualTo(Duration.ofDays(14).toSeconds());
  }

  @Test
  void task_underACeiling_isNeverRepeated() {
    TaskSpec task = task(job("l4", Provisioning.SPOT, Optional.of(CEILING)));

    assertThat(task.getMaxRetryCount()).isZero();
    assertThat(task.getLifecyclePoliciesList()).isEmpty();
    assertThat(task.getMaxRunDuration().getSeconds()).isEqualTo(6 * 3600);
  }

  @Test
  void task_ofAFlexibleStart_runsForSevenDaysWhateverTheCeiling() {
    TaskSpec task = task(job("l4", Provisioning.FLEX_START, Optional.of(Duration.ofDays(10))));

    assertThat(task.getMaxRunDuration().getSeconds()).isEqualTo(Duration.ofDays(7).toSeconds());
    assertThat(task.getMaxRetryCount()).isZero();
  }

  @Test
  void machine_whoseGpusAreAttached_asksForThem() {
    assertThat(machine("t4").getAcceleratorsList())
        .singleElement()
        .satisfies(
            gpus -> {
              assertThat(gpus.getType()).isEqualTo("nvidia-tesla-t4");
              assertThat(gpus.getCount()).isEqualTo(2);
            });
    assertThat(machine("l4").getAcceleratorsList()).isEmpty();
  }

  private static InstancePolicy machine(String profile) {
    return job(profile, Provisioning.SPOT, Optional.empty())
        .getAllocationPolicy()
        .getInstances(0)
        .getPolicy();
  }

  private static TaskSpec task(Job job) {
    return job.getTaskGroups(0).getTaskSpec();
  }
}
