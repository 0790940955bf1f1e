package dev.alexnet.infra.lock;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.lock.LeasedDirectory.Machine;
import dev.alexnet.infra.storage.ForwardingStore;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.WriteCondition;
import dev.alexnet.infra.testing.gcs.FakeGcs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LeaseAcquisitionTest {
  private final LeasedDirectory place = new LeasedDirectory();
  private final Machine first = place.machine("first");
  private final Machine second = place.machine("second");

  @AfterEach
  void close() {
    place.close();
  }

  @Test
  void acquire_nobodyThere_createsOneObjectThatListingsHide() {
    first.acquire();

    assertThat(place.state()).containsOnlyKeys("run/.lease");
    assertThat(place.store.list(place.directory)).isEmpty();
    assertThat(place.store.entries(place.directory)).isEmpty();
    assertThat(place.store.objectsBelow(new Location("gs://" + FakeGcs.BUCKET))).isEmpty();
    assertThat(place.said).isEmpty();
    LeaseRecord record = place.record();
    assertThat(record)
        .isEqualTo(
            new LeaseRecord(
                1,
                record.owner(),
                HostName.ofThisMachine(),
                first.terms.self(),
                "2026-11-27T12:00:00Z",
                "2026-11-27T12:00:00Z",
                0));
  }

  @Test
  void acquire_holderRenews_isRefusedByNameAfterTheNextLook() {
    Lease held = first.acquire();
    long before = place.generation();
    second.ticker.duringPauses(held::renew);

    assertThatFailure(second::acquire)
        .isOfKind(Failure.Kind.OUTPUT_EXISTS)
        .hasMessage(
            "Another run is working in gs://bucket/run (%s, process 7, since 2026-11-27T12:00:00Z;"
                    .formatted(HostName.ofThisMachine())
                + " it renews gs://bucket/run/.lease); wait for it to finish, or use another"
                + " directory");

    assertThat(second.ticker.passed()).isEqualTo(Duration.ofSeconds(3));
    assertThat(place.record().renewals()).isEqualTo(1);
    assertThat(place.generation()).isNotEqualTo(before);
    held.requireHeld();
  }

  @Test
  void acquire_holderStandsStill_isToldAndTakesOverAfterTheDuration() {
    first.acquire();
    String owner = place.record().owner();

    second.acquire();

    assertThat(second.ticker.passed()).isEqualTo(Duration.ofSeconds(30));
    assertThat(place.record().owner()).isNotEqualTo(owner);
    assertThat(place.said)
        .containsExactly(
            "gs://bucket/run is in use by another run (%s, process 7, since 2026-11-27T12:00:00Z). Waiting up to 30 s to see whether that run is alive"
                .formatted(HostName.ofThisMachine()),
            "The other run (%s, process 7, since 2026-11-27T12:00:00Z) has not renewed its lease for 30 s; continuing its work"
                .formatted(HostName.ofThisMachine()));
  }

  @Test
  void acquire_clocksOfTheMachinesAreYearsApart_changesNothing() {
    Machine early = place.new Machine("early", "1990-01-01T00:00:00Z");
    Machine late = place.new Machine("late", "2040-01-01T00:00:00Z");
    Lease held = early.acquire();
    late.ticker.duringPauses(held::renew);

    assertThatFailure(late::acquire).isOfKind(Failure.Kind.OUTPUT_EXISTS);
    late.ticker.duringPauses(() -> {});
    Duration before = late.ticker.passed();
    late.acquire();

    assertThat(late.ticker.passed().minus(before)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void acquire_clockOfTheContenderJumps_waitsTheSameTime() {
    first.acquire();
    second.ticker.duringPauses(() -> second.ticker.moveWall(Duration.ofHours(1)));

    second.acquire();

    assertThat(second.ticker.passed()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void acquire_releasedMeanwhile_isGotAtOnce() {
    Lease held = first.acquire();
    second.ticker.duringPauses(held::release);

    second.acquire();

    assertThat(second.ticker.passed()).isEqualTo(Duration.ofSeconds(3));
    assertThat(place.record().process()).isEqualTo(second.terms.self());
  }

  @Test
  void acquire_damagedLease_isWaitedForLikeAnyOther() {
    place.service.put("run/.lease", "{\"half".getBytes(StandardCharsets.UTF_8));

    second.acquire();

    assertThat(second.ticker.passed()).isEqualTo(Duration.ofSeconds(30));
    assertThat(place.said.get(0))
        .isEqualTo(
            "gs://bucket/run is in use by another run (unknown: gs://bucket/run/.lease cannot be read). Waiting up to 30 s to see whether that run is alive");
    assertThat(place.record().process()).isEqualTo(second.terms.self());
  }

  @Test
  void acquire_anotherWasFasterToCreateIt_isRefused() {
    Machine third = place.machine("third");
    ObjectStore overtaken =
        beforeWriting(
            WriteCondition.absent(), () -> second.ticker.duringPauses(third.acquire()::renew));

    assertThatFailure(() -> second.acquire(overtaken))
        .isOfKind(Failure.Kind.OUTPUT_EXISTS)
        .hasMessageStartingWith("Another run is working in gs://bucket/run (");

    assertThat(place.record().process()).isEqualTo(third.terms.self());
  }

  @Test
  void acquire_twoTakeOverAtOnce_oneWins() {
    first.acquire();
    Machine third = place.machine("third");
    WriteCondition takeover = WriteCondition.unchangedSince(place.generation());
    ObjectStore overtaken = beforeWriting(takeover, third::acquire);

    assertThatFailure(() -> second.acquire(overtaken))
        .isOfKind(Failure.Kind.OUTPUT_EXISTS)
        .hasMessageStartingWith("Another run is working in gs://bucket/run (");

    assertThat(second.ticker.passed()).isEqualTo(Duration.ofSeconds(30));
    assertThat(third.ticker.passed()).isEqualTo(Duration.ofSeconds(30));
    assertThat(place.record().process()).isEqualTo(third.terms.self());
  }

  @Test
  void acquire_writtenButTheAnswerWasLost_isHeld() {
    ObjectStore deaf = new AnswerLosingStore(place.store);

    Lease lease = first.acquire(deaf);

    assertThat(first.ticker.passed()).isZero();
    assertThat(place.said).isEmpty();
    lease.renew();
    assertThat(place.record().renewals()).isEqualTo(1);
  }

  @Test
  void acquire_processOfThisMachineIsKilled_isTakenOverAtOnce() throws Exception {
    Process process = new ProcessBuilder("cat").start();
    Machine killed = place.new Machine("2026-11-27T12:00:00Z", ProcessIdentity.of(process.pid()));
    Machine here = place.new Machine("2026-11-27T12:00:00Z", ProcessIdentity.current());
    killed.acquire();
    process.destroyForcibly().waitFor();

    here.acquire();

    assertThat(here.ticker.passed()).isZero();
    assertThat(place.said)
        .containsExactly(
            "The run that worked in gs://bucket/run (%s, process %d, since 2026-11-27T12:00:00Z) was killed; continuing its work"
                .formatted(HostName.ofThisMachine(), process.pid()));
  }

  @Test
  void acquire_processOfThisMachineIsFrozen_isWaitedFor() throws Exception {
    Process process = new ProcessBuilder("cat").start();
    try {
      new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start().waitFor();
      Machine frozen = place.new Machine("2026-11-27T12:00:00Z", ProcessIdentity.of(process.pid()));
      Machine here = place.new Machine("2026-11-27T12:00:00Z", ProcessIdentity.current());
      frozen.acquire();

      here.acquire();

      assertThat(here.ticker.passed()).isEqualTo(Duration.ofSeconds(30));
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** Another run does something just before a write with this condition. */
  private ObjectStore beforeWriting(WriteCondition condition, Runnable action) {
    return new ForwardingStore() {
      private boolean done;

      @Override
      protected ObjectStore storeOf(Location location) {
        return place.store;
      }

      @Override
      public long write(Location location, byte[] content, WriteCondition given) {
        if (!done && given.equals(condition)) {
          done = true;
          action.run();
        }
        return super.write(location, content, given);
      }
    };
  }
}
