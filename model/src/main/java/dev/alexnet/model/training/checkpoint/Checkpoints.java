package dev.alexnet.model.training;

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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tensorflow.exceptions.TensorFlowException;

/**
 * The checkpoints of a training, each in its directory. One is written under a temporary name,
 * synced, described by {@code COMMIT.json} and renamed; a training resumes from the newest one
 * whose content has the hashes of its commit.
 */
final class Checkpoints {
  static final String COMMIT = "COMMIT.json";

  /** The prefix of the name of a checkpoint's directory. */
  static final String STEP = "step-";

  /** The common name of the tensors' files within a checkpoint's directory. */
  static final String TENSORS = "tensors";

  private static final String PENDING = ".pending-";
  private static final Pattern NAME = Pattern.compile(STEP + "\\d{8,}");
  private static final int KEPT = 3;

  private final ObjectStore store;
  private final Path directory;

  /**
   * @param store reads the files to verify
   */
  Checkpoints(ObjectStore store, Path directory) {
    this.store = requireNonNull(store, "store is null");
    this.directory = directory;
  }

  /**
   * A checkpoint that verifies.
   *
   * @param tensors the common path prefix of its files
   */
  record Checkpoint(Path tensors, CheckpointState state) {
    Path directory() {
      return tensors.getParent();
    }
  }

  /**
   * Writes a checkpoint and removes all but the newest three and, of each validation set, the one
   * with the lowest error. Later checkpoints are ignored and kept: a training that resumed from an
   * earlier one found them damaged, and will write them again.
   *
   * @param tensors writes the tensors' files; it gets their common path prefix
   */
  void write(CheckpointState state, Consumer<Path> tensors) {
    long step = state.step();
    Path pending = pending(step);
    Path target = directory.resolve(name(step));
    try {
      CheckpointFiles.delete(pending);
      Files.createDirectories(pending);
      tensors.accept(pending.resolve(TENSORS));
      Path commitFile = pending.resolve(COMMIT);
      Files.write(
          commitFile,
          Json.document(CheckpointCommit.of(state, CheckpointFiles.synced(pending)).sealed()));
      CheckpointFiles.sync(commitFile);
      CheckpointFiles.sync(pending);
      publish(pending, target);
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

  /** Where a checkpoint is until it is complete. */
  Path pending(long step) {
    return directory.resolve(PENDING + name(step));
  }

  /** A kill between the two leaves the pending one, which is complete. */
  private void publish(Path pending, Path target) throws IOException {
    CheckpointFiles.delete(target);
    Files.move(pending, target, StandardCopyOption.ATOMIC_MOVE);
    CheckpointFiles.sync(directory);
  }

  private void removeOld(long step) throws IOException {
    Set<Path> best = best(step);
    List<Path> all = newestFirst();
    all.removeIf(checkpoint -> isLater(checkpoint, step));
    for (Path old : all.subList(Math.min(KEPT, all.size()), all.size())) {
      if (!best.contains(old)) {
        CheckpointFiles.delete(old);
      }
    }
  }

  /**
   * The lowest error, 0 to 1, of the checkpoints up to a step; infinite if none has one. Later
   * checkpoints will be written again.
   *
   * @param validationSet whose errors they are, by its hash
   */
  double lowestError(long step, String validationSet) {
    try {
      return validated(step).stream()
          .filter(each -> each.set().equals(validationSet))
          .mapToDouble(Validated::error)
          .min()
          .orElse(Double.POSITIVE_INFINITY);
    } catch (IOException e) {
      throw unlisted(e);
    }
  }

  /**
   * The best checkpoint of each validation set, because errors on different sets are not
   * comparable; the newest of equal ones.
   */
  private Set<Path> best(long step) throws IOException {
    Map<String, Validated> best = new HashMap<>();
    for (Validated each : validated(step)) {
      best.merge(each.set(), each, (newer, older) -> older.error() < newer.error() ? older : newer);
    }
    return best.values().stream().map(Validated::checkpoint).collect(Collectors.toSet());
  }

  /** A checkpoint with its error on a validation set, which is identified by its hash. */
  private record Validated(Path checkpoint, String set, double error) {}

  /** The hashes of the validation sets on which checkpoints up to a step have errors. */
  Set<String> validationSets(long step) {
    try {
      return validated(step).stream().map(Validated::set).collect(Collectors.toSet());
    } catch (IOException e) {
      throw unlisted(e);
    }
  }

  /**
   * The validated checkpoints up to a step, the newest first, without those whose commit cannot be
   * read.
   */
  private List<Validated> validated(long step) throws IOException {
    List<Validated> validated = new ArrayList<>();
    List<Path> all = newestFirst();
    all.removeIf(checkpoint -> isLater(checkpoint, step));
    for (Path checkpoint : all) {
      Path file = checkpoint.resolve(COMMIT);
      try {
        CheckpointState state = CheckpointCommit.read(Files.readAllBytes(file), file).state();
        if (state.validationTop1Error() != null) {
          validated.add(
              new Validated(checkpoint, state.validationSet(), state.validationTop1Error()));
        }
      } catch (IOException | Failure e) {
        // It cannot be resumed from either.
      }
    }
    return validated;
  }

  /**
   * The newest checkpoint that verifies; {@code skipped} is told about each newer one that does
   * not.
   *
   * @throws Failure of kind MISMATCH if another version of this program wrote it
   */
  Optional<Checkpoint> newest(Consumer<String> skipped) {
    try {
      for (Path candidate : newestFirst()) {
        try {
          return Optional.of(verify(candidate));
        } catch (Failure e) {
          if (e.kind() != Failure.Kind.BAD_DATA) {
            // Intact but of another version of this program, or not readable: resuming from an
            // earlier one would lose it.
            throw e;
          }
          skipped.accept("The checkpoint " + candidate + " is skipped: " + e.getMessage());
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw unlisted(e);
    }
  }

  private Failure unlisted(IOException e) {
    return Failure.inputOutput("list the checkpoints in", directory, e);
  }

  private Checkpoint verify(Path candidate) {
    try {
      return verified(candidate);
    } catch (Failure e) {
      boolean judged = e.kind() == Failure.Kind.BAD_DATA || e.kind() == Failure.Kind.MISMATCH;
      // A checkpoint that cannot be read may be intact.
      throw judged ? e : new Failure(Failure.Kind.INPUT_OUTPUT, e.getMessage(), e);
    }
  }

  private Checkpoint verified(Path candidate) {
    CheckpointVerifier verifier = new CheckpointVerifier(store, Location.of(candidate));
    CheckpointCommit commit =
        verifier
            .commit(candidate.resolve(COMMIT))
            .orElseThrow(() -> new Failure(Failure.Kind.BAD_DATA, "it has no " + COMMIT));
    Optional<CheckpointVerifier.Fault> fault = verifier.faults(commit).findFirst();
    if (fault.isPresent()) {
      throw new Failure(Failure.Kind.BAD_DATA, problem(candidate, fault.get()));
    }
    return new Checkpoint(candidate.resolve(TENSORS), commit.state());
  }

  private String problem(Path candidate, CheckpointVerifier.Fault fault) {
    CheckpointCommit.StoredFile file = fault.file();
    return switch (fault.difference()) {
      case MISSING -> file.name() + " is missing";
      case LENGTH ->
          "%s has %d bytes and not the %d that were written"
              .formatted(
                  file.name(),
                  store.size(Location.of(candidate.resolve(file.name()))),
                  file.bytes());
      case CONTENT -> file.name() + " was changed after it was written";
    };
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

  /** Whether none was ever committed, intact or not. */
  boolean isEmpty() {
    try {
      return newestFirst().isEmpty();
    } catch (IOException e) {
      throw unlisted(e);
    }
  }

  /** Removes what a killed run was writing, but renames what it had written completely. */
  void settlePending() {
    try {
      for (Path pending : named(PENDING)) {
        if (isSound(pending)) {
          publish(
              pending,
              directory.resolve(pending.getFileName().toString().substring(PENDING.length())));
        } else {
          CheckpointFiles.delete(pending);
        }
      }
    } catch (IOException e) {
      throw Failure.inputOutput("clean up the checkpoints in", directory, e);
    }
  }

  void deleteAll() {
    try {
      CheckpointFiles.delete(directory);
    } catch (IOException e) {
      throw Failure.inputOutput("delete", directory, e);
    }
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

  private List<Path> newestFirst() throws IOException {
    List<Path> found = named(STEP);
    // A user's copy beside the checkpoints must not be removed.
    found.removeIf(path -> !NAME.matcher(path.getFileName().toString()).matches());
    found.sort(Comparator.comparing((Path path) -> path.getFileName().toString()).reversed());
    return found;
  }

  private static boolean isLater(Path checkpoint, long step) {
    return checkpoint.getFileName().toString().compareTo(name(step)) > 0;
  }

  private static String name(long step) {
    return String.format(Locale.ROOT, STEP + "%08d", step);
  }
}
