package dev.alexnet.infra.reading;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadAheadTest {
  private static final long LARGE = 1L << 40;

  private static <R> ReadAhead<Integer, R> ahead(
      int count, Function<Integer, R> work, ReadAhead.Limit limit) {
    return new ReadAhead<>(IntStream.range(0, count).iterator(), number -> 4, work, limit);
  }

  @Test
  void next_requestsOfManyThreads_givesResultsInTheirOrder() {
    List<Integer> results = new ArrayList<>();

    try (var ahead = ahead(1000, number -> -number, new ReadAhead.Limit(7, LARGE))) {
      ahead.forEachRemaining(results::add);
    }

    assertThat(results).isEqualTo(IntStream.range(0, 1000).map(i -> -i).boxed().toList());
  }

  @Test
  void next_requestsThatWaitForEachOther_areInFlightUpToTheLimit() {
    CountDownLatch allInFlight = new CountDownLatch(5);
    AtomicInteger inFlight = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();

    try (var ahead =
        ahead(
            50,
            number -> {
              most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
              allInFlight.countDown();
              await(allInFlight);
              inFlight.decrementAndGet();
              return number;
            },
            new ReadAhead.Limit(5, LARGE))) {
      ahead.forEachRemaining(number -> {});
    }

    assertThat(most).hasValue(5);
  }

  @Test
  void next_limitOfBytes_holdsForWhatIsInFlightAndWaits() {
    AtomicInteger begun = new AtomicInteger();
    List<Integer> aheadOfCaller = new ArrayList<>();

    try (var ahead = ahead(20, number -> begun.incrementAndGet(), new ReadAhead.Limit(100, 10))) {
      for (int taken = 1; ahead.hasNext(); taken++) {
        ahead.next();
        aheadOfCaller.add(begun.get() - taken);
      }
    }

    // Two results of 4 bytes fit into 10 bytes.
    assertThat(aheadOfCaller).hasSize(20).allMatch(count -> count >= 0 && count <= 2);
  }

  @Test
  void next_requestOfMoreThanTheLimit_isWorkedOnAlone() {
    List<Integer> results = new ArrayList<>();

    try (var ahead = ahead(5, number -> number, new ReadAhead.Limit(100, 3))) {
      ahead.forEachRemaining(results::add);
    }

    assertThat(results).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void next_requestThatFails_throwsItsFailureInItsPlace() {
    Failure failure = new Failure(Failure.Kind.BAD_DATA, "of the second");

    try (var ahead =
        ahead(
            4,
            number -> {
              if (number == 1) {
                throw failure;
              }
              return number;
            },
            new ReadAhead.Limit(4, LARGE))) {
      assertThat(ahead.next()).isEqualTo(0);
      assertThatThrownBy(ahead::next).isSameAs(failure);
      assertThat(ahead.next()).isEqualTo(2);
      assertThat(ahead.next()).isEqualTo(3);
      assertThatThrownBy(ahead::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void next_error_isThrownAsItIs() {
    OutOfMemoryError error = new OutOfMemoryError("heap");

    try (var ahead =
        ahead(
            1,
            number -> {
              throw error;
            },
            new ReadAhead.Limit(1, LARGE))) {
      assertThatThrownBy(ahead::next).isSameAs(error);
    }
  }

  @Test
  void next_interruptedCaller_stopsAndStaysInterrupted() {
    CountDownLatch never = new CountDownLatch(1);

    try (var ahead =
        ahead(
            1,
            number -> {
              await(never);
              return number;
            },
            new ReadAhead.Limit(1, LARGE))) {
      Thread.currentThread().interrupt();

      assertThatFailure(ahead::next).isOfKind(Failure.Kind.INTERRUPTED);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void close_requestsInFlight_areInterruptedAndTheThreadsEnd() throws InterruptedException {
    ConcurrentLinkedQueue<Thread> threads = new ConcurrentLinkedQueue<>();
    CountDownLatch allInFlight = new CountDownLatch(3);
    CountDownLatch never = new CountDownLatch(1);

    try (var ahead =
        ahead(
            9,
            number -> {
              threads.add(Thread.currentThread());
              if (number > 0) {
                allInFlight.countDown();
                await(never);
              }
              return number;
            },
            new ReadAhead.Limit(3, LARGE))) {
      assertThat(ahead.next()).isEqualTo(0);
      allInFlight.await();
    }

    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(threads).noneMatch(Thread::isAlive);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
