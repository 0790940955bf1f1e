package dev.alexnet.infra.storage.gcs;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure.Kind;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.testing.gcs.FakeGcs;
import dev.alexnet.infra.testing.gcs.Fault;
import dev.alexnet.infra.testing.gcs.FaultScript;
import dev.alexnet.infra.testing.gcs.RequestKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the user is told while the service does not respond. Time passes only in the test. */
class SilenceWatchTest {
  private static final Location OBJECT = new Location("gs://" + FakeGcs.BUCKET + "/object");

  private final FakeGcs service = new FakeGcs();
  private final List<String> said = new CopyOnWriteArrayList<>();
  private final VirtualClock clock = new VirtualClock();
  private final SilenceWatch watch = new SilenceWatch(clock, said::add);
  private final ObjectStore store =
      TestStores.at(
          service.address(), GcsAccount.nobody(), TestStores.RETRIES, watch, watchedClock());

  @BeforeEach
  void put() {
    service.put("object", new byte[] {5});
  }

  @AfterEach
  void stop() {
    service.close();
  }

  /** Looks after each second of a delay, as the thread does that looks by itself. */
  private RetryClock watchedClock() {
    return new RetryClock() {
      @Override
      public long nanoTime() {
        return clock.nanoTime();
      }

      @Override
      public void sleep(Duration duration) {
        pass(duration);
      }

      @Override
      public double chance() {
        return 1;
      }
    };
  }

  private void pass(Duration duration) {
    Duration left = duration;
    while (left.compareTo(Duration.ofSeconds(1)) > 0) {
      clock.sleep(Duration.ofSeconds(1));
      watch.look();
      left = left.minusSeconds(1);
    }
    clock.sleep(left);
    watch.look();
  }

  private String notice(String action, String error) {
    return "No useful response from %s for 12 s while trying to %s gs://bucket/object: %s. Trying until there was none for 140 s; then the run ends, and the same command continues it"
        .formatted(service.address().substring("http://".length()), action, error);
  }

  @Test
  void read_hostAcceptsAndSaysNothing_isToldOnceAfterTwelveSeconds() {
    service.beforeNext(
        RequestKind.MEDIA,
        () -> {
          pass(Duration.ofMillis(11_900));
          assertThat(said).isEmpty();
          pass(Duration.ofMillis(100));
          assertThat(said).containsExactly(notice("read", "nothing has arrived"));
          pass(Duration.ofSeconds(10));
        });

    assertThat(store.readAll(OBJECT)).isEqualTo(new byte[] {5});

    assertThat(said).hasSize(1);
  }

  @Test
  void write_serviceUnavailable_isToldOnceAndThenEndsTheRun() {
    service.script(FaultScript.of(Fault.UNAVAILABLE).on(RequestKind.UPLOAD).from(1));

    assertThatFailure(() -> store.write(OBJECT, new byte[1]))
        .isOfKind(Kind.REMOTE)
        .hasMessageContaining("tried 13 times in 112 s");

    assertThat(said)
        .containsExactly(notice("write", "the last try failed with 503 refused with 503"));
  }

  @Test
  void look_serviceRespondedMeanwhile_tellsEachSilence() {
    for (int i = 0; i < 2; i++) {
      service.beforeNext(RequestKind.MEDIA, () -> pass(Duration.ofSeconds(15)));
      store.readAll(OBJECT);
      store.readAll(OBJECT);
    }

    assertThat(said).hasSize(2);
  }

  @Test
  void look_anotherRequestGetsAnswers_tellsNothing() {
    service.put("other", new byte[1]);
    service.beforeNext(
        RequestKind.MEDIA,
        () -> {
          for (int i = 0; i < 10; i++) {
            pass(Duration.ofSeconds(5));
            store.find(new Location("gs://" + FakeGcs.BUCKET + "/other"));
          }
        });

    store.readAll(OBJECT);

    assertThat(said).isEmpty();
  }

  @Test
  void look_refusedOrDoneLongAgo_tellsNothing() {
    service.refuseNext(403);
    assertThatFailure(() -> store.readAll(OBJECT)).isOfKind(Kind.PERMISSION);
    store.find(new Location("gs://" + FakeGcs.BUCKET + "/missing"));
    store.readAll(OBJECT);
    store.write(OBJECT, new byte[1]);
    store.delete(OBJECT);

    pass(Duration.ofMinutes(5));

    assertThat(said).isEmpty();
  }

  /** The reader was busy, and the service broke the connection that nobody used. */
  @Test
  void read_brokenAfterAPauseOfTheReader_isTriedAgain() throws IOException {
    byte[] content = new byte[1 << 20];
    service.put("object", content);
    service.script(FaultScript.of(Fault.SHORT_BODY).on(RequestKind.MEDIA));

    try (InputStream stream = Channels.newInputStream(store.open(OBJECT))) {
      stream.readNBytes(10);
      pass(Duration.ofMinutes(10));
      assertThat(stream.readAllBytes()).hasSize(content.length - 10);
    }

    assertThat(said).isEmpty();
  }
}
