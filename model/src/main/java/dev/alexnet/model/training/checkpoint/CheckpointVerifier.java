package dev.alexnet.model.training.checkpoint;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.reading.ObjectStream;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.stream.Stream;

/** Compares the files of a checkpoint with its commit. */
final class CheckpointVerifier {
  private final ObjectStore store;
  private final Location directory;

  CheckpointVerifier(ObjectStore store, Location directory) {
    this.store = requireNonNull(store, "store is null");
    this.directory = requireNonNull(directory, "directory is null");
  }

  /** How a file differs from its entry in the commit. */
  enum Difference {
    MISSING,
    LENGTH,
    CONTENT
  }

  /**
   * A file that is missing or changed.
   *
   * @param length in bytes that it has; 0 if it is missing
   */
  record Fault(CheckpointCommit.StoredFile file, Difference difference, long length) {
    String problem() {
      return switch (difference) {
        case MISSING -> file.name() + " is missing";
        case LENGTH ->
            "%s has %d bytes and not the %d that were written"
                .formatted(file.name(), length, file.bytes());
        case CONTENT -> file.name() + " was changed after it was written";
      };
    }
  }

  /**
   * The commit, if every file is as it says.
   *
   * @param name what to call the commit in an error
   * @throws Failure of kind BAD_DATA if the checkpoint is not sound, and as {@link
   *     CheckpointCommit#read}
   */
  CheckpointCommit verified(Object name) {
    CheckpointCommit commit =
        commit(name)
            .orElseThrow(
                () -> new Failure(Failure.Kind.BAD_DATA, "it has no " + CheckpointName.COMMIT));
    faults(commit)
        .findFirst()
        .ifPresent(
            fault -> {
              throw new Failure(Failure.Kind.BAD_DATA, fault.problem());
            });
    return commit;
  }

  /**
   * @param name what to call the commit in an error
   * @return empty if there is none: the checkpoint was not finished
   * @throws Failure as {@link CheckpointCommit#read}
   */
  Optional<CheckpointCommit> commit(Object name) {
    Location file = directory.resolve(CheckpointName.COMMIT);
    return store.exists(file)
        ? Optional.of(CheckpointCommit.read(store.readAll(file), name))
        : Optional.empty();
  }

  /** In the order of the files, each of which is read only when its turn comes. */
  Stream<Fault> faults(CheckpointCommit commit) {
    return commit.files().stream().flatMap(file -> fault(file).stream());
  }

  private Optional<Fault> fault(CheckpointCommit.StoredFile stored) {
    Location file = directory.resolve(stored.name());
    if (!store.exists(file)) {
      return Optional.of(new Fault(stored, Difference.MISSING, 0));
    }
    long length = store.size(file);
    if (length != stored.bytes()) {
      return Optional.of(new Fault(stored, Difference.LENGTH, length));
    }
    try (InputStream stream = ObjectStream.open(store, file)) {
      return Sha256.of(stream).equals(stored.sha256())
          ? Optional.empty()
          : Optional.of(new Fault(stored, Difference.CONTENT, length));
    } catch (IOException e) {
      throw Failure.inputOutput("read", file, e);
    }
  }
}
