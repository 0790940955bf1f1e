package dev.alexnet.model.training;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ReservedName;
import dev.alexnet.infra.storage.WriteCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Binds a scratch directory to one training in one work directory of a bucket. A training has an id
 * there: one that is made anew must not continue from what the earlier one left on this disk.
 */
final class ScratchOwner {
  /** The file of a scratch directory with the work directory and the training's id. */
  static final String FILE = "workdir.txt";

  /** What belongs to no training: shards are compared with their dataset before they are used. */
  private static final Set<String> KEPT =
      Set.of(FILE, ReservedName.LOCK, TrainingSettings.SHARDS_ON_DISK);

  private final ObjectStore store;
  private final Location workdir;
  private final Path scratch;

  ScratchOwner(ObjectStore store, Location workdir, Path scratch) {
    this.store = requireNonNull(store, "store is null");
    this.workdir = requireNonNull(workdir, "workdir is null");
    this.scratch = requireNonNull(scratch, "scratch is null");
  }

  /**
   * Deletes what an earlier training in the same work directory left.
   *
   * @throws Failure of kind OUTPUT_EXISTS if the files are of another work directory
   */
  void claim(Consumer<String> notices) {
    List<String> owner = read();
    if (!owner.isEmpty() && !owner.get(0).equals(workdir.value())) {
      throw new Failure(
          Failure.Kind.OUTPUT_EXISTS,
          "The scratch directory %s holds files of the training in %s, which may not be published yet; give another --scratch, or delete it"
              .formatted(scratch, owner.get(0)));
    }
    Optional<String> training = training();
    if (owner.size() > 1 && !training.equals(Optional.of(owner.get(1)))) {
      notices.accept(
          "Deleting what an earlier training in %s left in %s, because it was deleted or replaced there"
              .formatted(workdir, scratch));
      deleteLeftovers();
    }
    write(training.orElseGet(() -> begin(WriteCondition.absent())));
  }

  /** Makes what other machines have of the training in the bucket that of an earlier one. */
  void beginAnew() {
    write(begin(WriteCondition.none()));
  }

  private Location mark() {
    return workdir.resolve(ReservedName.TRAINING);
  }

  private Optional<String> training() {
    return store.exists(mark())
        ? Optional.of(new String(store.readAll(mark()), StandardCharsets.UTF_8).strip())
        : Optional.empty();
  }

  private String begin(WriteCondition condition) {
    String id = UUID.randomUUID().toString();
    store.write(mark(), (id + "\n").getBytes(StandardCharsets.UTF_8), condition);
    return id;
  }

  private List<String> read() {
    Path file = scratch.resolve(FILE);
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw Failure.inputOutput("read", file, e);
    }
  }

  /** Whole or not at all: half an id would be that of another training. */
  private void write(String training) {
    byte[] owner = (workdir + "\n" + training + "\n").getBytes(StandardCharsets.UTF_8);
    store.write(Location.of(scratch.resolve(FILE)), owner);
  }

  private void deleteLeftovers() {
    try (Stream<Path> children = Files.list(scratch)) {
      for (Path child : children.toList()) {
        if (KEPT.contains(child.getFileName().toString())) {
          continue;
        }
        if (Files.isDirectory(child)) {
          store.deleteDirectory(Location.of(child));
        } else {
          Files.delete(child);
        }
      }
    } catch (IOException e) {
      throw Failure.inputOutput("delete what is in", scratch, e);
    }
  }
}
