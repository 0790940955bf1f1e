package dev.alexnet.infra.lock;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {
  @TempDir private Path directory;

  private final ObjectStore store = ObjectStores.standard();
  private final List<String> said = new ArrayList<>();

  @Test
  void holding_localDirectoryThatIsHeld_isRefusedWithoutAWord() {
    assertThatFailure(() -> holding(held -> holding(within -> "done")))
        .isOfKind(Failure.Kind.OUTPUT_EXISTS)
        .hasMessageStartingWith("Another run is working in " + directory);
    assertThat(said).isEmpty();
  }

  @Test
  void holding_localDirectory_givesTheStore() {
    Location file = Location.of(directory).resolve("result.json");

    holding(held -> held.write(file, "{}".getBytes(StandardCharsets.UTF_8)));

    assertThat(directory.resolve("result.json")).hasContent("{}");
  }

  private <T> T holding(Function<ObjectStore, T> work) {
    return DirectoryLock.holding(store, Location.of(directory), said::add, work);
  }
}
