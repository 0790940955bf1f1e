package dev.alexnet.model.training.checkpoint;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.WriteCondition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One checkpoint in a bucket. Its commit is there only while all files that it names are there as
 * it says: it is written last and deleted first.
 */
final class PublishedCheckpoint {
  private final ObjectStore store;
  private final Location place;
  private final Location commit;

  PublishedCheckpoint(ObjectStore store, Location place) {
    this.store = store;
    this.place = place;
    this.commit = place.resolve(CheckpointName.COMMIT);
  }

  Location place() {
    return place;
  }

  /** Whether it was published completely. */
  boolean isCommitted() {
    return store.exists(commit);
  }

  /**
   * @throws Failure of kind BAD_DATA if the commit is damaged, and as {@link CheckpointCommit#read}
   */
  CheckpointCommit commit() {
    return CheckpointCommit.read(store.readAll(commit), commit);
  }

  /** Whether a local directory has the same commit. */
  boolean hasCommitOf(Path local) {
    Path file = local.resolve(CheckpointName.COMMIT);
    try {
      return Files.exists(file) && Arrays.equals(Files.readAllBytes(file), store.readAll(commit));
    } catch (IOException e) {
      throw Failure.inputOutput("read", file, e);
    }
  }

  /**
   * Downloads the files, the commit last.
   *
   * @throws Failure of kind BAD_DATA if a file is not as the commit says, as far as its name and
   *     length tell; its content is for the caller to verify
   */
  void download(Path into) {
    CheckpointCommit expected = commit();
    Map<String, ObjectEntry> present = present();
    for (CheckpointCommit.StoredFile file : expected.files()) {
      requireLength(file, Optional.ofNullable(present.get(file.name())));
      store.download(place.resolve(file.name()), into.resolve(file.name()));
    }
    store.download(commit, into.resolve(CheckpointName.COMMIT));
  }

  private static void requireLength(
      CheckpointCommit.StoredFile file, Optional<ObjectEntry> present) {
    long length = present.map(ObjectEntry::size).orElse(0L);
    if (present.isEmpty() || length != file.bytes()) {
      CheckpointVerifier.Difference difference =
          present.isEmpty()
              ? CheckpointVerifier.Difference.MISSING
              : CheckpointVerifier.Difference.LENGTH;
      throw new Failure(
          Failure.Kind.BAD_DATA, new CheckpointVerifier.Fault(file, difference, length).problem());
    }
  }

  /**
   * Uploads a local checkpoint. What is there already is not sent again.
   *
   * @param beforeCommit called when all files but the commit are there
   */
  void upload(Path local, Runnable beforeCommit) {
    Path file = local.resolve(CheckpointName.COMMIT);
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (IOException e) {
      throw Failure.inputOutput("read", file, e);
    }
    Map<String, ObjectEntry> present = present();
    ObjectEntry committed = present.get(CheckpointName.COMMIT);
    boolean same = committed != null && isSame(file, committed);
    if (committed != null && !same) {
      store.delete(commit, WriteCondition.unchangedSince(committed.generation()));
    }
    for (CheckpointCommit.StoredFile stored : CheckpointCommit.read(content, file).files()) {
      upload(local.resolve(stored.name()), Optional.ofNullable(present.get(stored.name())));
    }
    beforeCommit.run();
    if (!same) {
      store.write(commit, content, WriteCondition.absent());
    }
  }

  private void upload(Path file, Optional<ObjectEntry> present) {
    if (present.isPresent() && isSame(file, present.get())) {
      return;
    }
    store.upload(
        file,
        place.resolve(file.getFileName().toString()),
        present
            .map(there -> WriteCondition.unchangedSince(there.generation()))
            .orElse(WriteCondition.absent()));
  }

  private boolean isSame(Path file, ObjectEntry present) {
    Location local = Location.of(file);
    return present.size() == store.size(local)
        && present.crc32c().isPresent()
        && present.crc32c().getAsLong() == store.crc32c(local);
  }

  private Map<String, ObjectEntry> present() {
    return store.entries(place).stream()
        .collect(Collectors.toMap(ObjectEntry::name, Function.identity()));
  }

  void delete() {
    store.delete(commit);
    store.deleteDirectory(place);
  }
}
