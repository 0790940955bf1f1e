package dev.alexnet.ops.launch.record;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static dev.alexnet.ops.launch.record.LaunchRecords.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.ops.launch.Provisioning;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaunchRecordTest {
  private static final Limits LIMITS = new Limits(2.5, 20.0);
  private static final LaunchRecord RECORD =
      LaunchRecords.afterRunning(
          LaunchRecords.empty(LIMITS),
          Duration.ofMinutes(50),
          AttemptEnd.of(EndCause.PREEMPTED, 50001, "taken back"));

  private static String json(LaunchRecord record) {
    return new String(record.bytes(), StandardCharsets.UTF_8);
  }

  private static LaunchRecord read(String json) {
    return LaunchRecord.read(json.getBytes(StandardCharsets.UTF_8), "launch.json");
  }

  @Test
  void bytes_attemptThatEnded_holdWhatIsKnownOfIt() {
    assertThat(json(RECORD))
        .isEqualTo(
            """
            {
              "schema" : 1,
              "run" : "first",
              "environment" : "dev",
              "work" : {
                "image" : "images/alexnet@sha256:0",
                "profile" : "l4",
                "job_file" : "f00d",
                "deterministic" : false
              },
              "policy" : {
                "provisioning" : [ "spot", "standard" ],
                "zones" : [ "us-central1-a", "us-central1-b" ],
                "max_queue_seconds" : 3600,
                "max_attempts" : 3
              },
              "limits" : {
                "max_hours" : 2.5,
                "max_cost" : 20.0
              },
              "attempts" : [ {
                "number" : 1,
                "launch" : 1,
                "job" : "alexnet-first-1",
                "offer" : {
                  "provisioning" : "spot",
                  "zone" : "us-central1-a"
                },
                "specification" : "5bec",
                "hourly_price" : 1.0,
                "longest_seconds" : null,
                "times" : {
                  "recorded" : "2026-01-02T00:00:00Z",
                  "queued" : "2026-01-02T00:00:00Z",
                  "running" : "2026-01-02T00:00:00Z",
                  "ended" : "2026-01-02T00:50:00Z"
                },
                "stop_reason" : null,
                "end" : {
                  "cause" : "preempted",
                  "exit_code" : 50001,
                  "detail" : "taken back"
                },
                "usage" : {
                  "hours" : 1.0,
                  "cost" : 1.0
                }
              } ]
            }
            """);
  }

  @Test
  void read_itsOwnBytes_isEqual() {
    LaunchRecord living = RECORD.plus(LaunchRecords.attempt(RECORD, Provisioning.STANDARD, "z"));
    assertThat(read(json(living))).isEqualTo(living);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"run\" : \"first\"|\"run\" : \"first\", \"x\" : 1|BAD_DATA|the key 'x' is unknown",
        "\"launch\" : 1,||BAD_DATA|the key 'attempts[0].launch' is missing",
        "\"schema\" : 1|\"schema\" : 2|MISMATCH|a newer version of this program",
        "2026-01-02T00:50:00Z|yesterday|BAD_DATA|it must be a time in UTC",
        "\"number\" : 1|\"number\" : 2|BAD_DATA|alexnet-first-1 is number 2",
      })
  void read_somethingElse_saysWhatDiffers(
      String found, String other, Failure.Kind kind, String message) {
    String changed = json(RECORD).replace(found, other == null ? "" : other);
    assertThatFailure(() -> read(changed)).isOfKind(kind).hasMessageContaining(message);
  }

  @Test
  void usageUntil_oneEndedAndOneRunning_countsBothWithTheirStart() {
    Attempt running =
        LaunchRecords.attempt(RECORD, Provisioning.STANDARD, "z")
            .seen(START.plusSeconds(3600), START.plusSeconds(7200));
    Instant now = START.plusSeconds(7200 + 3000);
    assertThat(RECORD.plus(running).usageUntil(now))
        .isEqualTo(new Usage(2, 3.0))
        .hasToString("2.0 h, about $3.00");
  }

  @Test
  void usageUntil_aMachineWhosePriceIsNotKnown_hasNoCostAndIsReadBack() {
    Attempt known = LaunchRecords.attempt(RECORD, Provisioning.SPOT, "z");
    Attempt unknown =
        new Attempt(
                known.number(),
                known.launch(),
                known.job(),
                known.offer(),
                known.specification(),
                null,
                null,
                known.times(),
                null,
                null,
                Usage.NONE)
            .seen(START, START);
    LaunchRecord record = RECORD.plus(unknown);

    assertThat(RECORD.plus(known).usageUntil(START.plusSeconds(3000)).cost()).isEqualTo(1);
    assertThat(record.usageUntil(START.plusSeconds(3000)))
        .isEqualTo(new Usage(2, null))
        .hasToString("2.0 h, at an unknown price");
    assertThat(read(json(record))).isEqualTo(record);
    assertThat(json(record).split("hourly_price", -1)).hasSize(2);
  }

  @Test
  void usageUntil_attemptThatNeverRan_isNothing() {
    Attempt waiting = LaunchRecords.attempt(RECORD, Provisioning.SPOT, "z").seen(START, null);
    assertThat(waiting.usageUntil(START.plusSeconds(9999))).isEqualTo(Usage.NONE);
    assertThat(waiting.waitedUntil(START.plusSeconds(60))).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void waitedUntil_attemptThatWasNeverAccepted_isNothing() {
    Attempt recorded = LaunchRecords.attempt(RECORD, Provisioning.SPOT, "z");
    Instant later = START.plusSeconds(9999);
    Attempt refused = recorded.endedAt(later, AttemptEnd.of(EndCause.NOT_SUBMITTED, "no"));
    assertThat(recorded.waitedUntil(later)).isEqualTo(Duration.ZERO);
    assertThat(refused.waitedUntil(later)).isEqualTo(Duration.ZERO);
    assertThat(refused.usage()).isEqualTo(Usage.NONE);
  }

  @Test
  void attemptsThatRan_severalLaunches_countsOnlyTheLatest() {
    Attempt second = LaunchRecords.attempt(RECORD, Provisioning.SPOT, "z").seen(START, START);
    Attempt relaunched =
        new Attempt(
            2,
            2,
            second.job(),
            second.offer(),
            "x",
            1.0,
            null,
            second.times(),
            null,
            null,
            Usage.NONE);
    assertThat(RECORD.attemptsThatRan()).isEqualTo(1);
    assertThat(RECORD.plus(second).attemptsThatRan()).isEqualTo(2);
    assertThat(RECORD.plus(relaunched).attemptsThatRan()).isEqualTo(1);
  }

  @Test
  void differencesFrom_otherWork_namesEach() {
    Work work = RECORD.work();
    assertThat(work.differencesFrom(work)).isEmpty();
    assertThat(new Work("other", "t4", "beef", true).differencesFrom(work))
        .containsExactly(
            "--image: images/alexnet@sha256:0, not other",
            "--profile: l4, not t4",
            "--config: a job file with other content",
            "--deterministic: false, not true");
  }

  @Test
  void differencesFrom_otherPolicyAndLimits_namesOnlyTheOptionsThatDiffer() {
    LaunchRecord asked =
        LaunchRecord.of(
            "first",
            "dev",
            RECORD.work(),
            new Policy(
                List.of(Provisioning.SPOT, Provisioning.STANDARD),
                List.of("us-central1-b"),
                300,
                3),
            new Limits(2.5, null));
    assertThat(RECORD.differencesFrom(RECORD)).isEmpty();
    assertThat(asked.differencesFrom(RECORD))
        .containsExactly(
            "--zones: us-central1-a,us-central1-b, not us-central1-b",
            "--max-queue-wait: 60, not 5",
            "--max-cost: 20, not none");
  }
}
