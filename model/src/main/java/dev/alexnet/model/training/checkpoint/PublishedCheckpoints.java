package dev.alexnet.model.training.checkpoint;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Checkpoints that are written to a local disk and published in a bucket. The bucket decides which
 * there are; a local one that was not published, because a run was killed or the bucket failed,
 * counts too if it is newer.
 */
public final class PublishedCheckpoints implements Checkpoints {
  private final ObjectStore store;
  private final LocalCheckpoints local;
  private final Location directory;
  private final Runnable fetchLogs;

  /** The states in the bucket by the checkpoint's name; null until they are read. */
  private NavigableMap<String, Optional<CheckpointState>> published;

  /**
   * @param directory of the checkpoints in the bucket
   * @param fetchLogs called before a downloaded checkpoint is used: the logs on this disk may be
   *     older than it
   */
  public PublishedCheckpoints(
      ObjectStore store, LocalCheckpoints local, Location directory, Runnable fetchLogs) {
    this.store = requireNonNull(store, "store is null");
    this.local = requireNonNull(local, "local is null");
    this.directory = requireNonNull(directory, "directory is null");
    this.fetchLogs = requireNonNull(fetchLogs, "fetchLogs is null");
  }

  private PublishedCheckpoint at(String name) {
    return new PublishedCheckpoint(store, directory.resolve(name));
  }

  private NavigableMap<String, Optional<CheckpointState>> published() {
    if (published == null) {
      published = new TreeMap<>();
      for (String name : names()) {
        if (at(name).isCommitted()) {
          published.put(name, readableState(name));
        }
      }
    }
    return published;
  }

  private List<String> names() {
    return store.list(directory).stream()
        .filter(name -> name.endsWith("/"))
        .map(name -> name.substring(0, name.length() - 1))
        .filter(CheckpointName::isOne)
        .toList();
  }

  private Optional<CheckpointState> readableState(String name) {
    try {
      return Optional.of(at(name).commit().state());
    } catch (Failure e) {
      if (e.kind() == Failure.Kind.BAD_DATA || e.kind() == Failure.Kind.MISMATCH) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Removes also what a killed run had not published completely, unless it can be completed. */
  @Override
  public void settlePending() {
    local.settlePending();
    List<String> completable =
        local.names().stream()
            .filter(name -> published().isEmpty() || name.compareTo(published().lastKey()) > 0)
            .toList();
    for (String name : names()) {
      if (!published().containsKey(name) && !completable.contains(name)) {
        at(name).delete();
      }
    }
  }

  @Override
  public Optional<Checkpoint> newest(Consumer<String> notices) {
    List<String> newestFirst =
        Stream.concat(local.names().stream(), published().keySet().stream())
            .distinct()
            .sorted(Comparator.reverseOrder())
            .toList();
    for (String name : newestFirst) {
      Optional<Checkpoint> sound =
          published().containsKey(name) ? publishedOne(name, notices) : Optional.empty();
      if (sound.isEmpty() && local.names().contains(name)) {
        sound = local.sound(name, notices);
      }
      if (sound.isPresent()) {
        Checkpoint newest = sound.get();
        published().put(name, Optional.of(newest.state()));
        return Optional.of(
            new Checkpoint(directory.resolve(name), newest.tensors(), newest.state()));
      }
    }
    return Optional.empty();
  }

  /** A checkpoint of the bucket: the local copy of it if that verifies, or else a new one. */
  private Optional<Checkpoint> publishedOne(String name, Consumer<String> notices) {
    PublishedCheckpoint remote = at(name);
    try {
      if (remote.hasCommitOf(local.at(name))) {
        Optional<Checkpoint> copy = local.sound(name, ignored -> {});
        if (copy.isPresent()) {
          return copy;
        }
      }
      notices.accept("Downloading the checkpoint " + remote.place());
      fetchLogs.run();
      return Optional.of(local.adopted(name, remote::download));
    } catch (Failure e) {
      if (e.kind() != Failure.Kind.BAD_DATA) {
        throw e;
      }
      notices.accept("The checkpoint " + remote.place() + " is skipped: " + e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public Optional<Checkpoint> newestLocal(Consumer<String> notices) {
    return local
        .newestLocal(notices)
        .map(
            newest -> {
              String name = newest.place().name();
              Location place =
                  published().containsKey(name) ? directory.resolve(name) : newest.place();
              return new Checkpoint(place, newest.tensors(), newest.state());
            });
  }

  @Override
  public CheckpointHistory history() {
    return new CheckpointHistory(
        published().entrySet().stream()
            .map(each -> new CheckpointHistory.Entry(each.getKey(), each.getValue()))
            .toList());
  }

  @Override
  public boolean isEmpty() {
    return local.isEmpty() && published().isEmpty();
  }

  @Override
  public void deleteAll() {
    local.deleteAll();
    names().forEach(name -> at(name).delete());
    store.deleteDirectory(directory);
    published = new TreeMap<>();
  }

  @Override
  public Path pending(long step) {
    return local.pending(step);
  }

  @Override
  public void write(CheckpointState state, Consumer<Path> tensors) {
    local.write(state, tensors);
  }

  @Override
  public Optional<Publication> publication(long step, Runnable logs) {
    String name = CheckpointName.of(step);
    Path from = local.at(name);
    PublishedCheckpoint to = at(name);
    return Optional.of(
        new Publication(
            from,
            to.place(),
            () -> {
              try {
                to.upload(from, logs);
                published().put(name, Optional.of(local.state(name)));
                removeOld(step);
              } catch (Failure e) {
                throw unpublished(from, to.place(), e);
              }
            }));
  }

  private void removeOld(long step) {
    for (String old : history().obsolete(step)) {
      at(old).delete();
      published().remove(old);
    }
  }

  private static Failure unpublished(Path from, Location to, Failure cause) {
    return new Failure(
        cause.kind(),
        "Cannot publish the checkpoint %s: %s. It is complete in %s: run the same command again on this machine to publish it and continue from it; on another machine, the training continues from the newest checkpoint in the bucket"
            .formatted(to, cause.getMessage(), from),
        cause);
  }
}
