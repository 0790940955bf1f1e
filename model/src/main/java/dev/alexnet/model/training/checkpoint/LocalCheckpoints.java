package dev.alexnet.model.training.checkpoint;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.tensorflow.exceptions.TensorFlowException;

/**
 * Checkpoints on a local disk. One is written under a temporary name, synced, described by {@code
 * COMMIT.json} and renamed.
 */
public final class LocalCheckpoints implements Checkpoints {
  private static final String PENDING = ".pending-";

  private final ObjectStore store;
  private final Path directory;

  /**
   * @param store reads the files to verify
   */
  public LocalCheckpoints(ObjectStore store, Path directory) {
    this.store = requireNonNull(store, "store is null");
    this.directory = directory;
  }

  @Override
  public void write(CheckpointState state, Consumer<Path> tensors) {
    long step = state.step();
    Path pending = pending(step);
    Path target = at(CheckpointName.of(step));
    try {
      CheckpointFiles.delete(pending);
      Files.createDirectories(pending);
      tensors.accept(pending.resolve(CheckpointName.TENSORS));
      Path commitFile = pending.resolve(CheckpointName.COMMIT);
      Files.write(
          commitFile,
          Json.document(CheckpointCommit.of(state, CheckpointFiles.synced(pending)).sealed()));
      CheckpointFiles.sync(commitFile);
      CheckpointFiles.sync(pending);
      complete(pending, target);
      removeOld(step);
    } catch (IOException | TensorFlowException e) {
      // TensorFlow writes the tensors, and reports a full disk in its own way.
      throw new Failure(
          Failure.Kind.INPUT_OUTPUT,
          "Cannot write the checkpoint "
              + target
              + ": "
              + reason(e)
              + "; the older ones are untouched",
          e);
    }
  }

  /** TensorFlow's later lines name the place in the graph, and give hints about memory. */
  private static String reason(Exception e) {
    return e instanceof IOException
        ? e.toString()
        : String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
  }

  /** A local checkpoint is where it belongs. */
  @Override
  public Optional<Publication> publication(long step, Runnable logs) {
    return Optional.empty();
  }

  @Override
  public Path pending(long step) {
    return pending(CheckpointName.of(step));
  }

  Path pending(String name) {
    return directory.resolve(PENDING + name);
  }

  Path at(String name) {
    return directory.resolve(name);
  }

  /** A kill between the two leaves the pending one, which is complete. */
  private void complete(Path pending, Path target) throws IOException {
    CheckpointFiles.delete(target);
    Files.move(pending, target, StandardCopyOption.ATOMIC_MOVE);
    CheckpointFiles.sync(directory);
  }

  private void removeOld(long step) throws IOException {
    for (String old : readHistory().obsolete(step)) {
      CheckpointFiles.delete(at(old));
    }
  }

  @Override
  public CheckpointHistory history() {
    try {
      return readHistory();
    } catch (IOException e) {
      throw unlisted(e);
    }
  }

  private CheckpointHistory readHistory() throws IOException {
    return new CheckpointHistory(
        newestFirst().stream()
            .map(name -> new CheckpointHistory.Entry(name, readableState(name)))
            .toList());
  }

  private Optional<CheckpointState> readableState(String name) {
    Path file = at(name).resolve(CheckpointName.COMMIT);
    try {
      return Optional.of(CheckpointCommit.read(Files.readAllBytes(file), file).state());
    } catch (IOException | Failure e) {
      // It cannot be resumed from either.
      return Optional.empty();
    }
  }

  @Override
  public Optional<Checkpoint> newest(Consumer<String> notices) {
    for (String name : names()) {
      Optional<Checkpoint> sound = sound(name, notices);
      if (sound.isPresent()) {
        return sound;
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<Checkpoint> newestLocal(Consumer<String> notices) {
    return newest(notices);
  }

  /** A checkpoint, if it verifies; otherwise a notice says why not. */
  Optional<Checkpoint> sound(String name, Consumer<String> notices) {
    try {
      return Optional.of(verify(at(name)));
    } catch (Failure e) {
      if (e.kind() != Failure.Kind.BAD_DATA) {
        // Intact but of another version of this program, or not readable: resuming from an
        // earlier one would lose it.
        throw e;
      }
      notices.accept("The checkpoint " + at(name) + " is skipped: " + e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * A checkpoint that is copied from elsewhere; an existing one of that name is replaced.
   *
   * @param copy writes the files, the commit last, into the directory that it gets
   * @throws Failure of kind BAD_DATA if it does not verify; the existing one is untouched
   */
  Checkpoint adopted(String name, Consumer<Path> copy) {
    Path pending = pending(name);
    Path target = at(name);
    try {
      try {
        CheckpointFiles.delete(pending);
        Files.createDirectories(pending);
        copy.accept(pending);
        CheckpointState state = verify(pending).state();
        complete(pending, target);
        return checkpoint(target, state);
      } finally {
        CheckpointFiles.delete(pending);
      }
    } catch (IOException e) {
      throw Failure.inputOutput("write the checkpoint", target, e);
    }
  }

  /** What the commit of an intact checkpoint says. */
  CheckpointState state(String name) {
    return readableState(name)
        .orElseThrow(() -> new Failure(Failure.Kind.BAD_DATA, at(name) + " has no commit"));
  }

  private Failure unlisted(IOException e) {
    return Failure.inputOutput("list the checkpoints in", directory, e);
  }

  private Checkpoint verify(Path candidate) {
    try {
      CheckpointCommit commit =
          new CheckpointVerifier(store, Location.of(candidate))
              .verified(candidate.resolve(CheckpointName.COMMIT));
      return checkpoint(candidate, commit.state());
    } catch (Failure e) {
      boolean judged = e.kind() == Failure.Kind.BAD_DATA || e.kind() == Failure.Kind.MISMATCH;
      // A checkpoint that cannot be read may be intact.
      throw judged ? e : new Failure(Failure.Kind.INPUT_OUTPUT, e.getMessage(), e);
    }
  }

  private static Checkpoint checkpoint(Path at, CheckpointState state) {
    return new Checkpoint(Location.of(at), at.resolve(CheckpointName.TENSORS), state);
  }

  private boolean isSound(Path candidate) {
    try {
      verify(candidate);
      return true;
    } catch (Failure e) {
      if (e.kind() == Failure.Kind.INPUT_OUTPUT) {
        throw e;
      }
      return false;
    }
  }

  @Override
  public boolean isEmpty() {
    return names().isEmpty();
  }

  @Override
  public void settlePending() {
    try {
      for (Path pending : named(PENDING)) {
        if (isSound(pending)) {
          complete(pending, at(pending.getFileName().toString().substring(PENDING.length())));
        } else {
          CheckpointFiles.delete(pending);
        }
      }
    } catch (IOException e) {
      throw Failure.inputOutput("clean up the checkpoints in", directory, e);
    }
  }

  @Override
  public void deleteAll() {
    try {
      CheckpointFiles.delete(directory);
    } catch (IOException e) {
      throw Failure.inputOutput("delete", directory, e);
    }
  }

  /** The names of all committed checkpoints, the newest first. */
  List<String> names() {
    try {
      return newestFirst();
    } catch (IOException e) {
      throw unlisted(e);
    }
  }

  private List<String> newestFirst() throws IOException {
    return named(CheckpointName.STEP).stream()
        .map(path -> path.getFileName().toString())
        .filter(CheckpointName::isOne)
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  private List<Path> named(String prefix) throws IOException {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> children = Files.newDirectoryStream(directory, prefix + "*")) {
        children.forEach(found::add);
      }
    }
    return found;
  }
}
