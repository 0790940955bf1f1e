package dev.alexnet.model.training;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
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

  /** A file that is missing or changed. */
  record Fault(CheckpointCommit.StoredFile file, Difference difference) {}

  /**
   * @param name what to call the commit in an error
   * @return empty if there is none: the checkpoint was not finished
   * @throws Failure as {@link CheckpointCommit#read}
   */
  Optional<CheckpointCommit> commit(Object name) {
    Location file = directory.resolve(Checkpoints.COMMIT);
    return store.exists(file)
        ? Optional.of(CheckpointCommit.read(store.readAll(file), name))
        : Optional.empty();
  }

  /** In the order of the files, each of which is read only when its turn comes. */
  Stream<Fault> faults(CheckpointCommit commit) {
    return commit.files().stream()
        .flatMap(file -> difference(file).map(found -> new Fault(file, found)).stream());
  }

  private Optional<Difference> difference(CheckpointCommit.StoredFile stored) {
    Location file = directory.resolve(stored.name());
    if (!store.exists(file)) {
      return Optional.of(Difference.MISSING);
    }
    if (store.size(file) != stored.bytes()) {
      return Optional.of(Difference.LENGTH);
    }
    try (InputStream stream = Channels.newInputStream(store.open(file))) {
      return Sha256.of(stream).equals(stored.sha256())
          ? Optional.empty()
          : Optional.of(Difference.CONTENT);
    } catch (IOException e) {
      throw Failure.inputOutput("read", file, e);
    }
  }
}
