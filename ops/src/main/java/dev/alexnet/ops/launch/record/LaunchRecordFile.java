package dev.alexnet.ops.launch.record;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.LoadedObject;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.WriteCondition;
import java.util.Optional;

/**
 * The file of a launch's record. It is replaced only if it is still what was read, so that no
 * terminal overwrites what another one has recorded.
 */
public final class LaunchRecordFile {
  private final ObjectStore store;
  private final Location location;

  public LaunchRecordFile(ObjectStore store, Location location) {
    this.store = requireNonNull(store, "store is null");
    this.location = requireNonNull(location, "location is null");
  }

  /**
   * A record as it is in the file.
   *
   * @param generation of the file; 0 if it is not there yet
   */
  public record Stored(LaunchRecord record, long generation) {}

  public Location location() {
    return location;
  }

  /**
   * Looks for the bucket, after the file was not found: only a listing tells a missing bucket from
   * a missing object.
   *
   * @throws Failure of kind INPUT_MISSING if the bucket does not exist
   */
  public void requireBucket() {
    store.isDirectory(location.parent());
  }

  /** Empty if the run was never launched. */
  public Optional<Stored> read() {
    if (!store.exists(location)) {
      return Optional.empty();
    }
    LoadedObject there = store.load(location);
    return Optional.of(
        new Stored(LaunchRecord.read(there.content(), location), there.generation()));
  }

  /**
   * Writes the record of a run that has none.
   *
   * @return empty if another terminal was faster
   */
  public Optional<Stored> create(LaunchRecord record) {
    return write(record, WriteCondition.absent());
  }

  /**
   * Replaces what was read.
   *
   * @return empty if another terminal has replaced it since; read it again, and decide again
   */
  public Optional<Stored> replace(Stored read, LaunchRecord record) {
    return write(record, WriteCondition.unchangedSince(read.generation()));
  }

  private Optional<Stored> write(LaunchRecord record, WriteCondition condition) {
    try {
      return Optional.of(new Stored(record, store.write(location, record.bytes(), condition)));
    } catch (Failure e) {
      if (e.kind() == Failure.Kind.OUTPUT_EXISTS) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
