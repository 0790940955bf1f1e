package dev.alexnet.ops.doctor;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.WriteCondition;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Supplier;

/** Tries what a run does in a bucket. */
final class StorageCheck {
  private static final byte[] CONTENT =
      "Written by 'alexnet doctor', and not needed\n".getBytes(StandardCharsets.UTF_8);

  private final ObjectStore store;

  StorageCheck(ObjectStore store) {
    this.store = store;
  }

  Check listing(Location bucket) {
    return tried(
        bucket,
        () -> "the credentials may list it" + (store.isDirectory(bucket) ? "" : "; it is empty"));
  }

  /** Creates an object, reads it and deletes it, so nothing is left. */
  Check writing(Location directory) {
    Location object = directory.resolve(".doctor-" + UUID.randomUUID());
    return tried(
        directory,
        () -> {
          long generation = store.write(object, CONTENT, WriteCondition.absent());
          boolean same = Arrays.equals(store.readAll(object), CONTENT);
          store.delete(object, WriteCondition.unchangedSince(generation));
          if (!same) {
            throw new Failure(
                Failure.Kind.BAD_DATA, object + " was read back with other bytes than written");
          }
          return "an object was written there, read and deleted";
        });
  }

  private static Check tried(Location place, Supplier<String> trial) {
    try {
      return Check.good(place.value(), trial.get());
    } catch (Failure e) {
      return new Check(place.value(), e.kind(), e.getMessage());
    } catch (RuntimeException e) {
      // The client library finds that there are no credentials in ways of its own.
      return new Check(
          place.value(),
          Failure.Kind.PERMISSION,
          "no credentials (" + e.getMessage() + "); run 'gcloud auth application-default login'");
    }
  }
}
