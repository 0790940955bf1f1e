package dev.alexnet.model.training;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tensorflow.exceptions.TensorFlowException;

/**
 * The checkpoints of a training, a directory each. One is written under a temporary name, synced,
 * described by {@code COMMIT.json} and renamed; the newest whose content still has the hashes of
 * its commit is the one to resume from.
 */
final class Checkpoints {
  static final String COMMIT = "COMMIT.json";

  /** How the name of a checkpoint's directory starts. */
  static final String STEP = "step-";

  /** The common name of the tensors' files within a checkpoint's directory. */
  static final String TENSORS = "tensors";

  private static final String PENDING = ".pending-";
  private static final Pattern NAME = Pattern.compile(STEP + "\\d{8,}");
  private static final int KEPT = 3;

  private final Path directory;

  Checkpoints(Path directory) {
    this.directory = directory;
  }

  /** A checkpoint that verifies. */
  record Checkpoint(Path tensors, CheckpointCommit commit) {}

  /**
   * Writes a checkpoint and removes all but the newest three and, of each validation set, the one
   * with the lowest error. Those of later steps count for nothing and stay: a training that goes on
   * from before them found them damaged, and makes them again.
   *
   * @param writer writes the tensors under the path that it is given
   * @param commit makes the commit of the files that were written
   */
  void write(
      long step,
      Consumer<Path> writer,
      Function<List<CheckpointCommit.StoredFile>, CheckpointCommit> commit) {
    Path pending = pending(step);
    Path target = directory.resolve(name(step));
    try {
      delete(pending);
      Files.createDirectories(pending);
      writer.accept(pending.resolve(TENSORS));
      Path commitFile = pending.resolve(COMMIT);
      Files.write(commitFile, Json.document(commit.apply(storedFiles(pending)).sealed()));
      sync(commitFile);
      sync(pending);
      publish(pending, target);
      removeOld(step);
    } catch (IOException | TensorFlowException e) {
      // TensorFlow writes the tensors, and tells of a full disk in its own way.
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

  /** TensorFlow's later lines say where in the graph, and how to find out about memory. */
  private static String reason(Exception e) {
    return e instanceof IOException
        ? e.toString()
        : String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
  }

  /** Where a checkpoint lies until it is whole. */
  Path pending(long step) {
    return directory.resolve(PENDING + name(step));
  }

  /** A kill between the two leaves the pending one, which is whole. */
  private void publish(Path pending, Path target) throws IOException {
    delete(target);
    Files.move(pending, target, StandardCopyOption.ATOMIC_MOVE);
    sync(directory);
  }

  private void removeOld(long step) throws IOException {
    Set<Path> best = best(step);
    List<Path> all = newestFirst();
    all.removeIf(checkpoint -> isLater(checkpoint, step));
    for (Path old : all.subList(Math.min(KEPT, all.size()), all.size())) {
      if (!best.contains(old)) {
        delete(old);
      }
    }
  }

  /**
   * The lowest error, 0 to 1, of the checkpoints up to a step; infinite where none has one. Those
   * after it are made again.
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
   * Of each validation set, whose errors do not compare with another's; of equal ones the newest.
   */
  private Set<Path> best(long step) throws IOException {
    Map<String, Validated> best = new HashMap<>();
    for (Validated each : validated(step)) {
      best.merge(each.set(), each, (newer, older) -> older.error() < newer.error() ? older : newer);
    }
    return best.values().stream().map(Validated::checkpoint).collect(Collectors.toSet());
  }

  /** A checkpoint with its error on a validation set, which its hash stands for. */
  private record Validated(Path checkpoint, String set, double error) {}

  /** The sets, by their hashes, that the checkpoints up to a step have errors of. */
  Set<String> validationSets(long step) {
    try {
      return validated(step).stream().map(Validated::set).collect(Collectors.toSet());
    } catch (IOException e) {
      throw unlisted(e);
    }
  }

  /** Up to a step, the newest first; without those whose commit cannot be read. */
  private List<Validated> validated(long step) throws IOException {
    List<Validated> validated = new ArrayList<>();
    List<Path> all = newestFirst();
    all.removeIf(checkpoint -> isLater(checkpoint, step));
    for (Path checkpoint : all) {
      Path file = checkpoint.resolve(COMMIT);
      try {
        CheckpointCommit commit = CheckpointCommit.read(Files.readAllBytes(file), file);
        if (commit.validationTop1Error() != null) {
          validated.add(
              new Validated(checkpoint, commit.validationSet(), commit.validationTop1Error()));
        }
      } catch (IOException | Failure e) {
        // It is none to go on from either.
      }
    }
    return validated;
  }

  /**
   * The newest checkpoint that verifies; each newer one that does not is told to {@code skipped}.
   *
   * @throws Failure of kind MISMATCH where another version of this program wrote it
   */
  Optional<Checkpoint> newest(Consumer<String> skipped) {
    try {
      for (Path candidate : newestFirst()) {
        try {
          return Optional.of(verify(candidate));
        } catch (Failure e) {
          if (e.kind() == Failure.Kind.MISMATCH) {
            // Sound, of another version of this program: to go on from before it would lose it.
            throw e;
          }
          skipped.accept("The checkpoint " + candidate + " is left out: " + e.getMessage());
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw unlisted(e);
    }
  }

  private Failure unlisted(IOException e) {
    return new Failure(
        Failure.Kind.INPUT_OUTPUT, "Cannot list the checkpoints in " + directory + ": " + e, e);
  }

  private static Checkpoint verify(Path candidate) throws IOException {
    Path commitFile = candidate.resolve(COMMIT);
    if (!Files.isRegularFile(commitFile)) {
      throw new Failure(Failure.Kind.BAD_DATA, "it has no " + COMMIT);
    }
    CheckpointCommit commit = CheckpointCommit.read(Files.readAllBytes(commitFile), commitFile);
    for (CheckpointCommit.StoredFile file : commit.files()) {
      Path path = candidate.resolve(file.name());
      if (!Files.isRegularFile(path)) {
        throw new Failure(Failure.Kind.BAD_DATA, file.name() + " is missing");
      }
      if (Files.size(path) != file.bytes()) {
        throw new Failure(
            Failure.Kind.BAD_DATA,
            "%s has %d bytes and not the %d that were written"
                .formatted(file.name(), Files.size(path), file.bytes()));
      }
      if (!sha256(path).equals(file.sha256())) {
        throw new Failure(Failure.Kind.BAD_DATA, file.name() + " is not what was written");
      }
    }
    return new Checkpoint(candidate.resolve(TENSORS), commit);
  }

  private static boolean isSound(Path candidate) throws IOException {
    try {
      verify(candidate);
      return true;
    } catch (Failure e) {
      return false;
    }
  }

  /** Whether none was ever committed, sound or not. */
  boolean isEmpty() {
    try {
      return newestFirst().isEmpty();
    } catch (IOException e) {
      throw unlisted(e);
    }
  }

  /** Removes what a killed run was writing, but gives its name to what was written whole. */
  void settlePending() {
    try {
      for (Path pending : named(PENDING)) {
        if (isSound(pending)) {
          publish(
              pending,
              directory.resolve(pending.getFileName().toString().substring(PENDING.length())));
        } else {
          delete(pending);
        }
      }
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.INPUT_OUTPUT, "Cannot tidy the checkpoints in " + directory + ": " + e, e);
    }
  }

  void deleteAll() {
    try {
      delete(directory);
    } catch (IOException e) {
      throw new Failure(Failure.Kind.INPUT_OUTPUT, "Cannot delete " + directory + ": " + e, e);
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
    // A copy that somebody keeps beside them is not ours to remove.
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

  private static List<CheckpointCommit.StoredFile> storedFiles(Path pending) throws IOException {
    List<CheckpointCommit.StoredFile> files = new ArrayList<>();
    try (DirectoryStream<Path> children = Files.newDirectoryStream(pending)) {
      for (Path file : children) {
        sync(file);
        files.add(
            new CheckpointCommit.StoredFile(
                file.getFileName().toString(), Files.size(file), sha256(file)));
      }
    }
    files.sort(Comparator.comparing(CheckpointCommit.StoredFile::name));
    return files;
  }

  private static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static String sha256(Path path) throws IOException {
    try (InputStream stream = Files.newInputStream(path)) {
      return Sha256.of(stream);
    }
  }

  private static void delete(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
