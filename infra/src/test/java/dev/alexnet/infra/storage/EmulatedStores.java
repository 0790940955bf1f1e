package dev.alexnet.infra.storage;

import dev.alexnet.infra.storage.gcs.GcsRetries;
import dev.alexnet.infra.storage.gcs.GcsStore;
import dev.alexnet.infra.testing.gcs.FakeGcs;
import java.time.Duration;

/** Stores of the fake service for the tests of other packages. */
public final class EmulatedStores {
  private EmulatedStores() {}

  /** A store for local locations, and for {@code gs://} those of the fake. */
  public static ObjectStore standard(FakeGcs gcs) {
    return new SchemeStore(
        new LocalStore(), () -> GcsStore.emulator(gcs.address(), GcsRetries.standard()));
  }

  /** A store that soon gives up. */
  public static ObjectStore at(String address) {
    return GcsStore.emulator(
        address,
        new GcsRetries(
            Duration.ofMillis(1),
            Duration.ofMillis(10),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(4),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5)));
  }
}
