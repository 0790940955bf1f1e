package dev.alexnet.ops.launch.policy;

import static dev.alexnet.ops.launch.record.LaunchRecords.START;
import static dev.alexnet.ops.launch.record.LaunchRecords.afterRunning;
import static dev.alexnet.ops.launch.record.LaunchRecords.afterWaiting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.ops.launch.Offer;
import dev.alexnet.ops.launch.Provisioning;
import dev.alexnet.ops.launch.record.AttemptEnd;
import dev.alexnet.ops.launch.record.EndCause;
import dev.alexnet.ops.launch.record.LaunchRecord;
import dev.alexnet.ops.launch.record.LaunchRecords;
import dev.alexnet.ops.launch.record.Limits;
import dev.alexnet.ops.launch.record.StopReason;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {
  private static final LaunchRecord EMPTY = LaunchRecords.empty(new Limits(null, null));
  private static final Duration HOUR = Duration.ofHours(1);
  private static final AttemptEnd PREEMPTED = AttemptEnd.of(EndCause.PREEMPTED, 50001, "");
  private static final AttemptEnd FULL = AttemptEnd.of(EndCause.NO_CAPACITY, "");
  private static final AttemptEnd QUOTA = AttemptEnd.of(EndCause.QUOTA, "Quota: GPUS.");

  private static NextStep next(LaunchRecord record) {
    return new RetryPolicy(
            offer -> OptionalDouble.of(offer.provisioning() == Provisioning.SPOT ? 1 : 2))
        .next(record, START.plusSeconds(86_400));
  }

  private static NextStep submit(Provisioning provisioning, String zone) {
    return new NextStep.Submit(new Offer(provisioning, "us-central1-" + zone), Optional.empty());
  }

  @Test
  void next_nothingTried_isTheFirstOffer() {
    assertThat(next(EMPTY)).isEqualTo(submit(Provisioning.SPOT, "a"));
  }

  @Test
  void next_noCapacity_goesZoneByZoneAndThenToTheNextProvisioning() {
    LaunchRecord a = afterWaiting(EMPTY, Provisioning.SPOT, "us-central1-a", FULL);
    assertThat(next(a)).isEqualTo(submit(Provisioning.SPOT, "b"));
    LaunchRecord b = afterWaiting(a, Provisioning.SPOT, "us-central1-b", FULL);
    assertThat(next(b)).isEqualTo(submit(Provisioning.STANDARD, "a"));
    LaunchRecord c = afterWaiting(b, Provisioning.STANDARD, "us-central1-a", FULL);
    assertThat(next(c)).isEqualTo(submit(Provisioning.STANDARD, "b"));
    LaunchRecord d = afterWaiting(c, Provisioning.STANDARD, "us-central1-b", FULL);
    assertThat(next(d))
        .isEqualTo(
            new NextStep.Fail(
                Failure.Kind.REMOTE,
                "No machine was to be had for the run first: spot, standard in us-central1-a, us-central1-b, waiting at most 60 minutes for each. Launch it again later, or with a longer --max-queue-wait, more --zones or another --profile"));
  }

  @Test
  void next_waitedInVain_saysItOnce() {
    LaunchRecord record =
        EMPTY.plus(
            LaunchRecords.attempt(EMPTY, Provisioning.STANDARD, "us-central1-b")
                .seen(START, null)
                .stoppedFor(StopReason.QUEUE_WAIT)
                .endedAt(
                    START.plusSeconds(3700),
                    AttemptEnd.of(EndCause.NO_CAPACITY, "no machine within 60 minutes")));
    assertThat(next(record))
        .isInstanceOfSatisfying(
            NextStep.Fail.class,
            fail ->
                assertThat(fail.message())
                    .contains("waiting at most 60 minutes for each. Launch it again later"));
  }

  @Test
  void next_quota_skipsTheOtherZonesOfTheProvisioning() {
    LaunchRecord spot = afterWaiting(EMPTY, Provisioning.SPOT, "us-central1-a", QUOTA);
    assertThat(next(spot)).isEqualTo(submit(Provisioning.STANDARD, "a"));
    LaunchRecord both = afterWaiting(spot, Provisioning.STANDARD, "us-central1-a", QUOTA);
    assertThat(next(both))
        .isEqualTo(
            new NextStep.Fail(
                Failure.Kind.MISMATCH,
                "A quota does not allow the machine of the run first. The reason given: Quota: GPUS. Ask for more on the page 'Quotas' of the Google Cloud console, or give another --provisioning or --profile"));
  }

  @Test
  void next_preempted_startsFromTheFirstOfferUntilThereWereTooMany() {
    LaunchRecord one = afterRunning(EMPTY, HOUR, PREEMPTED);
    assertThat(next(one)).isEqualTo(submit(Provisioning.SPOT, "a"));
    // Attempts that only waited do not count.
    LaunchRecord two =
        afterRunning(afterWaiting(one, Provisioning.SPOT, "us-central1-a", FULL), HOUR, PREEMPTED);
    assertThat(next(two)).isEqualTo(submit(Provisioning.SPOT, "a"));
    assertThat(next(afterRunning(two, HOUR, PREEMPTED)))
        .isEqualTo(
            new NextStep.Fail(
                Failure.Kind.INTERRUPTED,
                "The run first had 3 attempts on a machine, as many as --max-attempts allows; the last one ended with exit code 50001 (the machine was taken back). Launch it again to go on from its last checkpoint"));
  }

  @Test
  void next_succeeded_isDone() {
    assertThat(next(afterRunning(EMPTY, HOUR, AttemptEnd.of(EndCause.SUCCEEDED, 0, ""))))
        .isEqualTo(new NextStep.Done());
  }

  @ParameterizedTest
  @CsvSource({"75", "76", "143", "50002"})
  void next_retryable_isTriedAgain(int code) {
    assertThat(next(afterRunning(EMPTY, HOUR, AttemptEnd.of(EndCause.RETRYABLE, code, ""))))
        .isEqualTo(submit(Provisioning.SPOT, "a"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "IMAGE_MISSING|125||INPUT_MISSING|The machine of alexnet-first-1 could not start the image images/alexnet@sha256:0. Check that it was pushed: alexnet doctor --environment environment.json --image=images/alexnet@sha256:0",
        "PERMISSION|77|no access for j@p.iam.gserviceaccount.com|PERMISSION|j@p.iam.gserviceaccount.com lacks a permission that alexnet-first-1 needs. The reason given: no access for j@p.iam.gserviceaccount.com. Apply the terraform/ directory of this version, then see what 'alexnet doctor --environment environment.json' finds",
        "PERMISSION|77||PERMISSION|An account lacks a permission that alexnet-first-1 needs. Apply the terraform/ directory of this version, then see what 'alexnet doctor --environment environment.json' finds",
        "DIVERGED|79|the loss exploded|NOT_FINITE|The training of the run first diverged. The reason given: the loss exploded. Use a lower learning rate in another run; 'alexnet logs first' shows what it printed",
        "SETTINGS|78||MISMATCH|alexnet-first-1 ended with exit code 78 (settings or environment do not match the data or the memory). Correct the cause and launch the run again; 'alexnet logs first' shows what it printed",
        "PROGRAM_FAILED|66||INPUT_MISSING|alexnet-first-1 ended with exit code 66 (input missing). Correct the cause and launch the run again; 'alexnet logs first' shows what it printed",
        "PROGRAM_FAILED|80|cuda said \"no.\"|DEVICE|alexnet-first-1 ended with exit code 80. The reason given: cuda said \"no\". Correct the cause and launch the run again; 'alexnet logs first' shows what it printed",
        "CANCELLED|||INTERRUPTED|alexnet-first-1 was cancelled. Launch the run first again to go on from its last checkpoint",
        "NOT_SUBMITTED|||INTERRUPTED|alexnet-first-1 was not submitted, and nothing was charged. Launch the run first again to submit another attempt",
        "NOT_SUBMITTED||no such region|MISMATCH|alexnet-first-1 was not submitted, and nothing was charged. The reason given: no such region. Launch the run first again to submit another attempt",
        "FAILED_WITHOUT_TASKS||no such GPU|REMOTE|Batch gave up alexnet-first-1 (spot in us-central1-a) before it ran. The reason given: no such GPU. If it has no such machine there, leave this --provisioning or zone out when you launch the run again",
        "UNKNOWN|137||BUG|alexnet-first-1 failed with exit code 137 (killed, as when a machine has no memory left). 'alexnet logs first' shows what it printed",
      })
  void next_endThatNoRetryHelps_saysWhatToDo(
      EndCause cause, Integer code, String detail, Failure.Kind kind, String message) {
    AttemptEnd end = new AttemptEnd(cause, code, detail == null ? "" : detail);
    assertThat(next(afterRunning(EMPTY, HOUR, end)))
        .isEqualTo(new NextStep.Fail(kind, message, cause == EndCause.DIVERGED));
  }

  @Test
  void next_underACeiling_theTaskGetsWhatIsLeft() {
    LaunchRecord record = LaunchRecords.empty(new Limits(3.0, null));
    assertThat(next(record)).isEqualTo(submitFor(Duration.ofMinutes(170)));
    // An hour of work and ten minutes of its start are spent.
    assertThat(next(afterRunning(record, HOUR, PREEMPTED)))
        .isEqualTo(submitFor(Duration.ofMinutes(100)));
  }

  @Test
  void next_underACeilingOfCost_goesByThePriceOfTheOffer() {
    LaunchRecord record = LaunchRecords.empty(new Limits(null, 4.0));
    assertThat(next(record)).isEqualTo(submitFor(Duration.ofMinutes(230)));
    LaunchRecord spotIsFull =
        afterWaiting(
            afterWaiting(record, Provisioning.SPOT, "us-central1-a", FULL),
            Provisioning.SPOT,
            "us-central1-b",
            FULL);
    assertThat(next(spotIsFull))
        .isEqualTo(
            new NextStep.Submit(
                new Offer(Provisioning.STANDARD, "us-central1-a"),
                Optional.of(Duration.ofMinutes(110))));
  }

  @Test
  void next_underTwoCeilings_theLowerOneHolds() {
    assertThat(next(LaunchRecords.empty(new Limits(1.0, 4.0))))
        .isEqualTo(submitFor(Duration.ofMinutes(50)));
    assertThat(next(LaunchRecords.empty(new Limits(10.0, 1.0))))
        .isEqualTo(submitFor(Duration.ofMinutes(50)));
  }

  @Test
  void next_lessLeftThanIsUseful_submitsNothing() {
    LaunchRecord record = LaunchRecords.empty(new Limits(1.5, 20.0));
    // 70 of 90 minutes are spent: 10 are left after another start.
    assertThat(next(afterRunning(record, HOUR, PREEMPTED)))
        .isEqualTo(submitFor(Duration.ofMinutes(10)));
    assertThat(next(afterRunning(record, HOUR.plusSeconds(1), PREEMPTED)))
        .isEqualTo(
            new NextStep.Fail(
                Failure.Kind.MISMATCH,
                "The run first has used 1.2 h, about $1.17, and its limits (1.50 hours and $20.00) leave less than 10 minutes of work at $1.00 an hour after the 10 minutes that a machine's start may take. Nothing was submitted. Launch it again with higher limits to go on from its last checkpoint"));
  }

  @Test
  void next_underACeilingOfCost_submitsNoMachineWhosePriceIsNotKnown() {
    RetryPolicy policy = new RetryPolicy(offer -> OptionalDouble.empty());
    LaunchRecord limited = LaunchRecords.empty(new Limits(9.0, 20.0));

    assertThat(policy.next(LaunchRecords.empty(new Limits(9.0, null)), START))
        .isEqualTo(
            new NextStep.Submit(
                new Offer(Provisioning.SPOT, "us-central1-a"),
                Optional.of(HOUR.multipliedBy(9).minusMinutes(10))));
    assertThat(policy.next(limited, START))
        .isInstanceOfSatisfying(
            NextStep.Fail.class,
            fail ->
                assertThat(fail.failure())
                    .hasMessageContaining(
                        "leave less than 10 minutes of work at an unknown price after the 10 minutes"));
  }

  @Test
  void next_timeLimit_endsUnderACeilingAndGoesOnWithoutOne() {
    AttemptEnd tooLong = AttemptEnd.of(EndCause.TIME_LIMIT, 50005, "");
    LaunchRecord limited = LaunchRecords.empty(new Limits(1.0, null));
    assertThat(next(afterRunning(limited, Duration.ofMinutes(50), tooLong)))
        .isEqualTo(
            new NextStep.Fail(
                Failure.Kind.MISMATCH,
                "The run first reached its limits (1.00 hours) before its end. Launch it again with higher limits to go on from its last checkpoint"));
    assertThat(next(afterRunning(EMPTY, HOUR, tooLong))).isEqualTo(submit(Provisioning.SPOT, "a"));
  }

  private static NextStep submitFor(Duration longest) {
    return new NextStep.Submit(new Offer(Provisioning.SPOT, "us-central1-a"), Optional.of(longest));
  }
}
