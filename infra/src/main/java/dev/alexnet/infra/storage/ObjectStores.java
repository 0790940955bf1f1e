package dev.alexnet.infra.storage;

import dev.alexnet.infra.storage.gcs.GcsStore;
import java.util.function.Consumer;

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

  /**
   * The same, for the process that the user sees.
   *
   * @param notices receives sentences for the user: that a service has not responded for a while
   */
  public static ObjectStore standard(Consumer<String> notices) {
    return new SchemeStore(new LocalStore(), () -> GcsStore.connect(notices));
  }
}
