package dev.alexnet.infra.storage;

import dev.alexnet.infra.storage.gcs.GcsStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SchemeStoreContractTest extends ConditionalWritingContractTest {
  @TempDir private Path directory;

  private final ObjectStore store = new SchemeStore(new LocalStore(), GcsStore::connect);

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Override
  protected Location root() {
    return Location.of(directory);
  }
}
