package dev.alexnet.infra.storage.gcs;

import com.google.api.client.http.HttpResponseException;
import com.google.api.services.storage.model.StorageObject;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.infra.storage.ReservedName;
import dev.alexnet.infra.storage.WriteCondition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Has the service copy the objects of a directory; those that are equal already are not copied. */
final class DirectoryCopy {
  private static final int AT_ONCE = 16;

  private final GcsService service;
  private final Retrier retrier;
  private final GcsListing listing;
  private final ObjectWriter writer;

  DirectoryCopy(GcsService service, Retrier retrier, GcsListing listing, ObjectWriter writer) {
    this.service = service;
    this.retrier = retrier;
    this.listing = listing;
    this.writer = writer;
  }

  void copy(Location source, Location target, Runnable guard) {
    Map<String, ObjectEntry> present =
        listing.objectsBelow(target).stream()
            .collect(Collectors.toMap(ObjectEntry::name, Function.identity()));
    List<Runnable> copies = new ArrayList<>();
    for (ObjectEntry object : listing.objectsBelow(source)) {
      ObjectEntry there = present.get(object.name());
      if (ReservedName.isCopied(object.name()) && !isEqual(object, there)) {
        WriteCondition condition =
            there == null
                ? WriteCondition.absent()
                : WriteCondition.unchangedSince(there.generation());
        copies.add(
            () ->
                copy(
                    source.resolve(object.name()),
                    object,
                    target.resolve(object.name()),
                    condition.guardedBy(guard)));
      }
    }
    Parallel.runAll(AT_ONCE, copies);
  }

  private static boolean isEqual(ObjectEntry object, ObjectEntry there) {
    return there != null && there.size() == object.size() && there.crc32c().equals(object.crc32c());
  }

  private void copy(
      Location source, ObjectEntry object, Location target, WriteCondition condition) {
    try {
      writer.make(
          target,
          condition,
          object.crc32c().orElseThrow(),
          (described, precondition) -> copyOnce(source, object, target, described, precondition));
    } catch (Failure e) {
      if (!wasListedWrong(source, object, target)) {
        throw e;
      }
    }
  }

  /** Whether the copy is right, and the checksum was not that it was compared with. */
  private boolean wasListedWrong(Location source, ObjectEntry listed, Location target) {
    return retrier
        .find(source, () -> service.metadata(source))
        .filter(object -> object.generation() == listed.generation())
        .filter(object -> !object.crc32c().equals(listed.crc32c()))
        .filter(
            object ->
                isEqual(object, retrier.find(target, () -> service.metadata(target)).orElse(null)))
        .isPresent();
  }

  private StorageObject copyOnce(
      Location source,
      ObjectEntry object,
      Location target,
      StorageObject described,
      long precondition)
      throws IOException {
    try {
      return service.copy(source, object.generation(), target, described, precondition);
    } catch (HttpResponseException e) {
      if (e.getStatusCode() != 404) {
        throw e;
      }
      throw retrier
          .failures()
          .of(
              Failure.Kind.INPUT_MISSING,
              "copy",
              source,
              "it was deleted or replaced while it was in use; let no other run work there, then run"
                  + " the same command again");
    }
  }
}
