package dev.alexnet.infra.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.failure.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStoreTest extends ObjectStoreContractTest {
  @TempDir private Path abandonedDirectory;

  @TempDir Path directory;

  private final LocalStore store = new LocalStore();

  @Override
  ObjectStore store() {
    return store;
  }

  @Override
  Location root() {
    return Location.of(directory);
  }

  @Test
  void close_withoutCommit_leavesNoTemporaryFile() throws IOException {
    try (PendingObject pending = store.create(root().resolve("object"))) {
      pending.stream().write(1);
    }

    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void list_leftoverOfKilledRun_isNotListed() throws IOException {
    Files.writeString(directory.resolve(".pending-4711"), "half an object");

    assertThat(store.list(root())).isEmpty();
  }

  @Test
  void list_lockOfARun_isNotListed() {
    List<String> listed = DirectoryLock.holding(root(), () -> store.list(root()));

    assertThat(listed).isEmpty();
  }

  @Test
  void create_underLinkToDirectory_followsIt() throws IOException {
    Files.createDirectory(directory.resolve("real"));
    Files.createSymbolicLink(directory.resolve("link"), Path.of("real"));

    store.write(root().resolve("link/object"), "content".getBytes(StandardCharsets.UTF_8));

    assertThat(directory.resolve("real/object")).hasContent("content");
  }

  @Test
  void create_underFile_isInputOutputFailure() {
    store.write(root().resolve("file"), new byte[1]);

    assertThatThrownBy(() -> store.create(root().resolve("file/child")))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.INPUT_OUTPUT))
        .hasMessageStartingWith("Cannot write " + directory + "/file/child: ");
  }

  @Test
  void failure_fullDisk_isInputOutputFailure() {
    Failure failure =
        LocalStore.failure(
            "write", new Location("out/object"), new IOException("No space left on device"));

    assertThat(failure.kind()).isEqualTo(Failure.Kind.INPUT_OUTPUT);
    assertThat(failure)
        .hasMessage(
            "Cannot write out/object: java.io.IOException: No space left on device; check the disk"
                + " and its free space, then run it again");
  }

  @Test
  void failure_deniedAccess_isPermissionFailure() {
    Failure failure =
        LocalStore.failure(
            "read", new Location("in/object"), new AccessDeniedException("in/object"));

    assertThat(failure.kind()).isEqualTo(Failure.Kind.PERMISSION);
    assertThat(failure)
        .hasMessage(
            "Cannot read in/object: this user has no permission; change the owner or the mode");
  }

  @Test
  void deleteAbandoned_afterAKilledWriter_removesItsRemainsAndNothingElse() throws IOException {
    ObjectStore store = new LocalStore();
    Path whole = abandonedDirectory.resolve("object");
    store.write(Location.of(whole), new byte[] {1});
    // A killed process never closes what it was writing.
    store.create(Location.of(abandonedDirectory.resolve("half"))).stream().flush();
    try (Stream<Path> files = Files.list(abandonedDirectory)) {
      assertThat(files).hasSize(2);
    }

    store.deleteAbandoned(Location.of(abandonedDirectory));

    try (Stream<Path> files = Files.list(abandonedDirectory)) {
      assertThat(files).containsExactly(whole);
    }
  }
}
