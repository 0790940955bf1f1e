package dev.alexnet.infra.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.storage.gcs.GcsRetries;
import dev.alexnet.infra.storage.gcs.GcsStore;
import dev.alexnet.infra.testing.gcs.FakeGcs;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemeStoreTest {
  @TempDir Path directory;

  @Test
  void localLocation_neverConnectsToTheCloud() {
    ObjectStore store =
        new SchemeStore(
            new LocalStore(),
            () -> {
              throw new IllegalStateException("connected");
            });
    Location object = Location.of(directory).resolve("object");
    store.write(object, new byte[3]);

    assertThat(store.size(object)).isEqualTo(3);
    assertThatThrownBy(() -> store.exists(new Location("gs://bucket/object")))
        .hasMessage("connected");
  }

  @Test
  void cloudLocation_goesToTheCloudAndConnectsOnce() {
    AtomicInteger connections = new AtomicInteger();
    try (FakeGcs service = new FakeGcs()) {
      ObjectStore store =
          new SchemeStore(
              new LocalStore(),
              () -> {
                connections.incrementAndGet();
                return GcsStore.emulator(service.address(), GcsRetries.standard());
              });
      Location root = new Location("gs://bucket");
      store.write(root.resolve("a/object"), new byte[3]);

      assertThat(store.readAll(root.resolve("a/object"))).isEqualTo(new byte[3]);
      assertThat(store.list(root)).containsExactly("a/");
      assertThat(connections).hasValue(1);
    }
  }
}
