package dev.alexnet.infra.storage;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStoreTest extends ConditionalWritingContractTest {
  @TempDir private Path abandonedDirectory;

  @TempDir Path directory;

  private final LocalStore store = new LocalStore();

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Override
  protected Location root() {
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
    List<String> listed = LocalDirectoryLock.holding(root(), () -> store.list(root()));

    assertThat(listed).isEmpty();
  }

  @Test
  void list_namesOfAnyBytes_tellsThemApartAndLeadsBack() throws IOException {
    List<String> names =
        List.of("caf%E8", "caf%E9", "caf%5Cxe9", "a%0Ab", "a%20", "%C3%A9%EF%BF%BD");
    for (String name : names) {
      Files.writeString(Path.of(URI.create(directory.toUri() + name)), name);
    }
    Files.createDirectory(Path.of(URI.create(directory.toUri() + "d%FF")));

    List<String> listed = store.list(root());

    assertThat(listed)
        .containsExactly(
            "a\\x0ab", "a\\x20", "caf\\x5cxe9", "caf\\xe8", "caf\\xe9", "d\\xff/", "\u00e9\ufffd");
    assertThat(listed.stream().filter(name -> !name.endsWith("/")))
        .allSatisfy(name -> assertThat(store.size(root().resolve(name))).isPositive())
        .extracting(name -> new String(store.readAll(root().resolve(name)), StandardCharsets.UTF_8))
        .containsExactlyInAnyOrderElementsOf(names);
    assertThat(store.isDirectory(root().resolve("d\\xff"))).isTrue();
    store.write(root().resolve("b\\x41"), new byte[1]);
    assertThat(store.list(root())).contains("b\\x5cx41");
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

    assertThatFailure(() -> store.create(root().resolve("file/child")))
        .isOfKind(Failure.Kind.INPUT_OUTPUT)
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
            "Cannot write out/object: No space left on device; check the disk and its free space,"
                + " then run the same command again");
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
