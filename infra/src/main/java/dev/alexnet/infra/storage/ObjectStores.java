package dev.alexnet.infra.storage;

import dev.alexnet.infra.storage.gcs.GcsStore;

/** Creates stores. */
public final class ObjectStores {
  private ObjectStores() {}

  /**
   * A store for every location: local paths, and {@code gs://} by the application default
   * credentials. The client of Google Cloud Storage is created when such a location is first used.
   * The environment variable {@code STORAGE_EMULATOR_HOST} points it to another endpoint.
   */
  public static ObjectStore standard() {
    return new SchemeStore(new LocalStore(), GcsStore::connect);
  }
}
