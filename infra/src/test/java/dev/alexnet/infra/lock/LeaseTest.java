package dev.alexnet.infra.lock;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.lock.LeasedDirectory.Machine;
import dev.alexnet.infra.testing.gcs.Fault;
import dev.alexnet.infra.testing.gcs.FaultScript;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeaseTest {
  private static final Duration TRUST = Duration.ofSeconds(20);

  private final LeasedDirectory place = new LeasedDirectory();
  private final Machine first = place.machine("first");
  private final Machine second = place.machine("second");

  @AfterEach
  void close() {
    place.close();
  }

  @Test
  void renew_held_replacesTheObject() {
    Lease lease = first.acquire();
    LeaseRecord before = place.record();
    first.ticker.pass(Duration.ofSeconds(10));

    lease.renew();

    assertThat(place.record())
        .isEqualTo(
            new LeaseRecord(
                1,
                before.owner(),
                before.host(),
                before.process(),
                before.since(),
                "2026-11-27T12:00:10Z",
                1));
  }

  @Test
  void requireHeld_freshLease_asksNobody() {
    Lease lease = first.acquire();
    int requests = place.service.requests().size();
    first.ticker.pass(TRUST.minusNanos(1));

    lease.requireHeld();

    assertThat(place.service.requests()).hasSize(requests);
  }

  @Test
  void requireHeld_oldLease_renewsItFirst() {
    Lease lease = first.acquire();
    first.ticker.pass(TRUST);

    lease.requireHeld();
    lease.requireHeld();

    assertThat(place.record().renewals()).isEqualTo(1);
  }

  @Test
  void requireHeld_machineWasSuspended_renewsItFirst() {
    Lease lease = first.acquire();
    // The monotonic clock stands still meanwhile.
    first.ticker.moveWall(Duration.ofHours(1));

    lease.requireHeld();

    assertThat(place.record().renewals()).isEqualTo(1);
  }

  @Test
  void requireHeld_clockWasSetBack_renewsItInTimeNevertheless() {
    Lease lease = first.acquire();
    first.ticker.moveWall(Duration.ofHours(-1));
    first.ticker.pass(TRUST);

    lease.requireHeld();

    assertThat(place.record().renewals()).isEqualTo(1);
  }

  @Test
  void requireHeld_takenOver_namesTheNewHolder() {
    Lease lease = first.acquire();
    second.ticker.moveWall(Duration.ofDays(1));
    second.acquire();
    first.ticker.pass(LeasedDirectory.DURATION);
    Map<String, Long> before = place.state();

    assertThatFailure(lease::requireHeld)
        .isOfKind(Failure.Kind.OUTPUT_EXISTS)
        .hasMessage(
            "This run no longer holds gs://bucket/run and writes nothing more there: another run"
                + " (%s, process 7, since 2026-11-28T12:00:00Z) took over after this one had stood still for 30 s. Wait for that run to finish, or stop it and run this command again"
                    .formatted(HostName.ofThisMachine()));

    assertThat(lease.isLost()).isTrue();
    assertThat(place.state()).isEqualTo(before);
  }

  @Test
  void requireHeld_lostLease_staysLostWhenTheOtherRunHasFinished() {
    Lease lease = first.acquire();
    Lease other = second.acquire();
    assertThatFailure(lease::renew).isOfKind(Failure.Kind.OUTPUT_EXISTS);
    other.release();

    assertThatFailure(lease::requireHeld).isOfKind(Failure.Kind.OUTPUT_EXISTS);
    assertThatFailure(lease::renew).isOfKind(Failure.Kind.OUTPUT_EXISTS);
    assertThat(place.state()).isEmpty();
  }

  @Test
  void renew_deleted_isLost() {
    Lease lease = first.acquire();
    place.store.delete(place.file);

    assertThatFailure(lease::renew)
        .isOfKind(Failure.Kind.OUTPUT_EXISTS)
        .hasMessage(
            "This run no longer holds gs://bucket/run and writes nothing more there:"
                + " gs://bucket/run/.lease is gone. Either another run took over and has finished,"
                + " or somebody deleted it. Run the same command again: it continues with what is"
                + " complete");
    assertThat(place.state()).isEmpty();
  }

  @Test
  void renew_storedButTheAnswerWasLost_isHeld() {
    first.acquire();
    Lease lease =
        new Lease(
            new AnswerLosingStore(place.store),
            place.directory,
            first.terms,
            new Lease.State(place.record(), place.generation(), Moment.now(first.ticker)));

    lease.renew();

    assertThat(lease.isLost()).isFalse();
    assertThat(place.record().renewals()).isEqualTo(2);
  }

  @Test
  void renew_serviceUnavailable_isHeldForItsTimeAndAgainAfterwards() {
    Lease lease = first.acquire();
    first.ticker.pass(Duration.ofSeconds(10));
    place.service.script(FaultScript.of(Fault.UNAVAILABLE).from(1));
    assertThatFailure(lease::renew).isOfKind(Failure.Kind.REMOTE);

    lease.requireHeld();
    first.ticker.pass(Duration.ofSeconds(10));
    assertThatFailure(lease::requireHeld).isOfKind(Failure.Kind.REMOTE);
    assertThat(lease.isLost()).isFalse();
    place.service.reset();
    lease.requireHeld();

    assertThat(place.record().renewals()).isEqualTo(1);
  }

  @Test
  void release_held_deletesTheObject() {
    first.acquire().release();

    assertThat(place.state()).isEmpty();
  }

  @Test
  void release_takenOver_leavesTheOtherLease() {
    Lease lease = first.acquire();
    Lease other = second.acquire();

    lease.release();

    other.renew();
    assertThat(place.record().process()).isEqualTo(second.terms.self());
  }
}
