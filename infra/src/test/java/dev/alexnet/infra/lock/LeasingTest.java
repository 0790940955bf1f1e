package dev.alexnet.infra.lock;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.lock.LeasedDirectory.Machine;
import dev.alexnet.infra.storage.ForwardingStore;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.WriteCondition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Work in a leased directory, from its start to its end. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LeasingTest {
  private final LeasedDirectory place = new LeasedDirectory();
  private final Machine first = place.machine("first");
  private final Machine second = place.machine("second");
  private final Location result = place.directory.resolve("result.json");

  @AfterEach
  void close() {
    place.close();
  }

  @Test
  void holding_workDone_leavesItsResultAndNoLease() {
    String done =
        DirectoryLock.holding(
            place.store,
            place.directory,
            place.said::add,
            held -> {
              held.write(result, bytes("{}"));
              assertThat(place.state()).containsOnlyKeys("run/.lease", "run/result.json");
              return "done";
            });

    assertThat(done).isEqualTo("done");
    assertThat(place.state()).containsOnlyKeys("run/result.json");
    assertThat(place.said).isEmpty();
  }

  @Test
  void leasing_workFails_endsWithItsFailureAndNoLease() {
    assertThatThrownBy(
            () ->
                leasing(
                    first,
                    held -> {
                      throw new IllegalStateException("work");
                    }))
        .hasMessage("work");

    assertThat(place.state()).isEmpty();
  }

  @Test
  void leasing_lostWhileTheWorkStoodStill_endsWithTheLoss() {
    assertThatFailure(
            () ->
                leasing(
                    first,
                    held -> {
                      second.acquire();
                      first.ticker.pass(LeasedDirectory.DURATION);
                      return "done";
                    }))
        .isOfKind(Failure.Kind.OUTPUT_EXISTS)
        .hasMessageStartingWith("This run no longer holds gs://bucket/run ");

    assertThat(place.record().process()).isEqualTo(second.terms.self());
  }

  @Test
  void leasing_oneDirectoryWithinAnother_holdsBoth() {
    Location step = place.directory.resolve("train");

    leasing(
        first,
        held ->
            DirectoryLock.leasing(
                held,
                step,
                first.terms,
                place.said::add,
                within -> {
                  assertThat(place.state()).containsOnlyKeys("run/.lease", "run/train/.lease");
                  return within.write(step.resolve("dataset.json"), bytes("{}"));
                }));

    assertThat(place.state()).containsOnlyKeys("run/train/dataset.json");
  }

  @Test
  void leasing_longWork_isRenewedMeanwhile() {
    CountDownLatch renewals = new CountDownLatch(2);
    ObjectStore counting =
        new ForwardingStore() {
          @Override
          protected ObjectStore storeOf(Location location) {
            return place.store;
          }

          @Override
          public long write(Location location, byte[] content, WriteCondition condition) {
            long generation = super.write(location, content, condition);
            if (!condition.equals(WriteCondition.absent())) {
              renewals.countDown();
            }
            return generation;
          }
        };
    LeaseTerms terms = new LeaseTerms(Duration.ofMillis(30), first.ticker, first.terms.self());

    long renewed =
        DirectoryLock.leasing(
            counting,
            place.directory,
            terms,
            place.said::add,
            held -> {
              await(renewals);
              return place.record().renewals();
            });

    assertThat(renewed).isGreaterThanOrEqualTo(2);
    assertThat(place.state()).isEmpty();
  }

  @Test
  void leasing_heldByAnother_changesNothing() {
    Lease held = first.acquire();
    second.ticker.duringPauses(held::renew);
    Map<String, Long> before = place.state();

    assertThatFailure(() -> leasing(second, within -> within.write(result, bytes("{}"))))
        .isOfKind(Failure.Kind.OUTPUT_EXISTS)
        .hasMessageStartingWith("Another run is working in gs://bucket/run (");

    assertThat(place.state()).containsOnlyKeys(before.keySet());
  }

  private <T> T leasing(Machine machine, Function<ObjectStore, T> work) {
    return DirectoryLock.leasing(
        place.store, place.directory, machine.terms, place.said::add, work);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
