package dev.alexnet.infra.storage;

import dev.alexnet.infra.storage.gcs.GcsRetries;
import dev.alexnet.infra.storage.gcs.GcsStore;
import dev.alexnet.infra.testing.gcs.FakeGcs;

/** Connects the store of the product with a fake service. */
public final class FakeGcsStore {
  private FakeGcsStore() {}

  /** A store for local locations, and for {@code gs://} those of the fake. */
  public static ObjectStore of(FakeGcs gcs) {
    return new SchemeStore(
        new LocalStore(), () -> GcsStore.emulator(gcs.address(), GcsRetries.standard()));
  }
}
