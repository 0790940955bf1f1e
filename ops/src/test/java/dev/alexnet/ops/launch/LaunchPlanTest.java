package dev.alexnet.ops.launch;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.ops.environment.EnvironmentContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LaunchPlanTest {
  private static final String DIGEST =
      "@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
  private static final String TAGGED = "alexnet-gpu:tag" + DIGEST;
  private static final String NAMELESS = DIGEST;
  private static final List<Provisioning> ALL_TERMS = List.of(Provisioning.values());

  @Test
  void offers_ofAPlan_areTheTermsFromTheCheapestOnInEachZone() {
    assertThat(
            PlannedLaunches.plan(
                    all ->
                        all.set(LaunchSettings.PROVISIONING, ALL_TERMS)
                            .set(LaunchSettings.ZONES_TO_TRY, "us-central1-c,us-central1-a"))
                .offers())
        .extracting(Offer::toString)
        .containsExactly(
            "spot in us-central1-c",
            "spot in us-central1-a",
            "flex-start in us-central1-c",
            "flex-start in us-central1-a",
            "standard in us-central1-c",
            "standard in us-central1-a");
  }

  @Test
  void offers_ofAMachineWithAttachedGpus_haveNoFlexibleStart() {
    assertThat(
            PlannedLaunches.plan(
                    all ->
                        all.set(LaunchSettings.PROFILE, "t4")
                            .set(LaunchSettings.ZONES_TO_TRY, "us-central1-f"))
                .offers())
        .extracting(Offer::toString)
        .containsExactly("spot in us-central1-f", "standard in us-central1-f");
    assertThatFailure(
            () ->
                PlannedLaunches.plan(
                    all ->
                        all.set(LaunchSettings.PROFILE, "t4")
                            .set(LaunchSettings.PROVISIONING, List.of(Provisioning.FLEX_START))))
        .isOfKind(Failure.Kind.USAGE)
        .hasMessage(
            "launch: provisioning is flex-start alone, which n1-standard-16 cannot have; it is for"
                + " machine types that have GPUs of their own");
  }

  @Test
  void plan_thatTheEnvironmentDoesNotOffer_listsEverything() {
    assertThatFailure(
            () ->
                PlannedLaunches.plan(
                    all ->
                        all.set(LaunchSettings.IMAGE, "docker.io/alexnet@sha256:" + "0".repeat(64))
                            .set(LaunchSettings.ZONES_TO_TRY, "us-central1-a,us-west1-a")))
        .isOfKind(Failure.Kind.USAGE)
        .hasMessage(
            """
            launch: 2 problems:
              image is not in us-central1-docker.pkg.dev/my-project/alexnet-dev, the only repository from which jobs may pull; push it there
              zones names us-west1-a, which does not offer g2-standard-24; us-central1-a, us-central1-b, us-central1-c do""");
  }

  @Test
  void plan_withoutAnImage_saysHowToFindOne() {
    assertThatFailure(() -> PlannedLaunches.plan(all -> all.set(LaunchSettings.IMAGE, "")))
        .isOfKind(Failure.Kind.USAGE)
        .hasMessage(
            "launch: image is missing; 'gcloud artifacts docker images list"
                + " us-central1-docker.pkg.dev/my-project/alexnet-dev' shows what there is, with"
                + " digests");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"alexnet-gpu:latest", "alexnet-gpu", "alexnet-gpu@sha256:0123", TAGGED, NAMELESS})
  void image_withoutADigest_isRefusedWithTheWayToFindIt(String image) {
    assertThatFailure(
            () ->
                PlannedLaunches.plan(
                    all ->
                        all.set(
                            LaunchSettings.IMAGE,
                            "us-central1-docker.pkg.dev/my-project/alexnet-dev/" + image)))
        .isOfKind(Failure.Kind.USAGE)
        .hasMessageContaining("with its digest: REPOSITORY/NAME@sha256:...")
        .hasMessageContaining("Leave a tag out")
        .hasMessageContaining("'gcloud artifacts docker images list REPOSITORY'");
  }

  @Test
  void longest_underACeiling_isWhatTheTermsLeaveAfterTheStart() {
    LaunchPlan plan =
        PlannedLaunches.plan(
            all -> all.set(LaunchSettings.MAX_COST, 4.0).set(LaunchSettings.MAX_HOURS, 3.0));

    assertThat(plan.longest(Provisioning.SPOT)).contains(Duration.ofMinutes(3 * 60 - 10));
    assertThat(plan.longest(Provisioning.FLEX_START)).contains(Duration.ofMinutes(2 * 60 - 10));
    assertThat(plan.longest(Provisioning.STANDARD)).contains(Duration.ofMinutes(2 * 60 - 10));
    assertThat(PlannedLaunches.plan(all -> all).longest(Provisioning.SPOT)).isEmpty();
  }

  @Test
  void plan_ofAMachineWhosePriceIsNotKnown_takesHoursButNoCost() {
    EnvironmentContract priceless = PlannedLaunches.contractWithoutPrices();

    assertThat(
            LaunchPlan.of(priceless, PlannedLaunches.settings(LaunchSettings.MAX_HOURS, 3.0))
                .longest(Provisioning.SPOT))
        .contains(Duration.ofMinutes(3 * 60 - 10));
    assertThatFailure(
            () -> LaunchPlan.of(priceless, PlannedLaunches.settings(LaunchSettings.MAX_COST, 20.0)))
        .isOfKind(Failure.Kind.USAGE)
        .hasMessage(
            "launch: max-cost cannot be kept, because the contract has no hourly_price for g2-standard-24; give --max-hours");
  }

  @Test
  void plan_whoseCeilingLeavesNoUsefulTime_isRefused() {
    for (double hours : new double[] {0.1, 0.17, 0.333}) {
      assertThatFailure(() -> PlannedLaunches.plan(all -> all.set(LaunchSettings.MAX_HOURS, hours)))
          .isOfKind(Failure.Kind.USAGE)
          .hasMessage(
              "launch: max-hours is %s, which leaves less than 10 minutes of work after the 10 minutes that the start of a machine counts for; give --max-hours 0.34 or more"
                  .formatted(hours));
    }
    assertThat(
            PlannedLaunches.plan(all -> all.set(LaunchSettings.MAX_HOURS, 0.334))
                .longest(Provisioning.SPOT))
        .contains(Duration.ofSeconds(602));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.5 | l4 | spot,flex-start,standard | flex-start and standard; give --max-cost 0.67 or more, or --provisioning spot",
        "0.66 | l4 | standard | standard; give --max-cost 0.67 or more, or --provisioning spot",
        "0.26 | l4 | spot | spot; give --max-cost 0.27 or more",
        "3 | a100-80 | spot,standard | standard; give --max-cost 3.38 or more, or --provisioning spot",
        "0.2 | t4 | spot,flex-start,standard | standard; give --max-cost 0.49 or more, or --provisioning spot",
      })
  void plan_whoseCostIsTooLow_namesTheTermsTheLeastCostAndWhatCanBePaid(
      String cost, String profile, String terms, String said) {
    String[] options = {"--max-cost=" + cost, "--profile=" + profile, "--provisioning=" + terms};

    assertThatFailure(() -> planned(options))
        .isOfKind(Failure.Kind.USAGE)
        .hasMessage(
            "launch: max-cost is %s, which leaves less than 10 minutes of work after the 10 minutes that the start of a machine counts for on the terms %s"
                .formatted(cost, said));
  }

  @Test
  void plan_whoseHoursAndCostAreTooLow_saysBoth() {
    assertThatFailure(() -> planned("--max-cost=0.1", "--max-hours=0.1"))
        .hasMessageStartingWith("launch: 2 problems:\n  max-hours is 0.1, which")
        .hasMessageContaining("\n  max-cost is 0.1, which");
  }

  @Test
  void plan_withTheLeastCostThatIsNamed_isTaken() {
    assertThat(planned("--max-cost=0.67").longest(Provisioning.STANDARD))
        .contains(Duration.ofSeconds(606));
    assertThat(planned("--max-cost=0.27", "--provisioning=spot").longest(Provisioning.SPOT))
        .contains(Duration.ofSeconds(615));
  }

  private static LaunchPlan planned(String... options) {
    List<String> words = new ArrayList<>(List.of(options));
    words.addAll(List.of("--run=first", "--image=" + PlannedLaunches.IMAGE));
    return LaunchPlan.of(
        PlannedLaunches.contract(), LaunchSettings.DEFINITION.parse(words, new ArrayList<>()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--zones= | 'zones': it is empty; leave it out for all of the region's that offer the machine",
        "--profile= | 'profile': it is empty; leave it out for the environment's",
        "--image= | 'image': it is empty; leave it out for the one that the run was launched with before",
        "--zones=a,a | 'zones': 'a,a'; it must be zones with commas between them, each once",
        "--zones=a, | 'zones': 'a,'; it must be zones with commas between them, each once",
        "--provisioning=spot, | 'provisioning': ''; known are spot, flex-start, standard",
        "--max-cost=20d | 'max-cost': '20d' is not a number",
        "--max-cost=1e300 | 'max-cost': '1e300'; it must be more than 0 and at most 1000000",
        "--max-cost=0 | 'max-cost': '0'; it must be more than 0 and at most 1000000",
      })
  void option_withAWrongValue_isRefused(String option, String problem) {
    assertThatFailure(() -> planned(option))
        .isOfKind(Failure.Kind.USAGE)
        .hasMessage("launch: Invalid value for option " + problem.replaceFirst("'", "'--"));
  }

  @Test
  void provisioning_namedTwice_isRefused() {
    assertThatFailure(() -> planned("--provisioning=spot,spot"))
        .isOfKind(Failure.Kind.USAGE)
        .hasMessage("launch: provisioning names spot twice; name it once");
  }

  @Test
  void within_amountsBeyondEveryTask_isALongTimeAndNoError() {
    Duration most = Duration.ofHours(1_000_000_000).minus(MachineTime.START_UP);
    OptionalDouble tiny = OptionalDouble.of(Double.MIN_VALUE);

    assertThat(MachineTime.within(OptionalDouble.empty(), OptionalDouble.of(1e6), tiny))
        .contains(most);
    assertThat(MachineTime.within(OptionalDouble.of(-1e300), OptionalDouble.empty(), tiny))
        .contains(Duration.ofHours(-1_000_000_000).minus(MachineTime.START_UP));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "First", "1st", "first-", "a_b", "first.1"})
  void run_withAWrongName_isRefused(String name) {
    assertThatFailure(() -> new RunName(name))
        .isOfKind(Failure.Kind.USAGE)
        .hasMessageContaining("its name must be 1 to 40 lower-case letters");
  }

  @Test
  void run_withTheLongestName_hasJobsWithIdsThatBatchTakes() {
    String longest = "r".repeat(40);

    assertThat(new RunName(longest).jobId(9999)).hasSizeLessThanOrEqualTo(63);
    assertThatFailure(() -> new RunName(longest + "r")).isOfKind(Failure.Kind.USAGE);
  }
}
