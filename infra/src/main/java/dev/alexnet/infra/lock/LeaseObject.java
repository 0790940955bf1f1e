package dev.alexnet.infra.lock;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.LoadedObject;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.WriteCondition;
import java.util.Optional;

/** The requests for a lease's object, whose refusal is an answer and not a failure. */
final class LeaseObject {
  private LeaseObject() {}

  /** Empty if there is none. */
  static Optional<LoadedObject> load(ObjectStore store, Location file) {
    try {
      return Optional.of(store.load(file));
    } catch (Failure e) {
      if (e.kind() == Failure.Kind.INPUT_MISSING) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The new generation; empty if the condition does not hold. */
  static Optional<Long> write(
      ObjectStore store, Location file, LeaseRecord record, WriteCondition condition) {
    try {
      return Optional.of(store.write(file, record.bytes(), condition));
    } catch (Failure e) {
      if (e.kind() == Failure.Kind.OUTPUT_EXISTS) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
