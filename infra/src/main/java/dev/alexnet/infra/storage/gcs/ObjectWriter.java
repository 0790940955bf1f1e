package dev.alexnet.infra.storage.gcs;

import com.google.api.services.storage.model.StorageObject;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.infra.storage.WriteCondition;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Makes objects, each by a request that depends on the generation it replaces, so that it can be
 * sent again.
 *
 * <p>If an upload succeeds but its response is lost, the next try is refused, because the object
 * has changed. Each upload therefore carries an id that the object keeps: a refused writer finds
 * whether the object is its own. Equal size and checksum would not tell: two writers that count
 * from 1 to 2 write the same bytes, and one of them must be refused.
 */
final class ObjectWriter {
  private static final int CHECKS = 3;
  private static final String UPLOAD_ID = "alexnet-upload";

  private final GcsService service;
  private final Retrier retrier;
  private final TransferSizes sizes;

  ObjectWriter(GcsService service, Retrier retrier, TransferSizes sizes) {
    this.service = service;
    this.retrier = retrier;
    this.sizes = sizes;
  }

  /** Makes an object of a given description, if a generation is there, by requests sent once. */
  interface Making {
    StorageObject make(StorageObject described, long precondition) throws IOException;
  }

  /** Writes content that is not longer than what one connection should send. */
  ObjectEntry write(Location location, ObjectContent content, WriteCondition condition)
      throws IOException {
    return write(location, content, content.crc32c(), condition);
  }

  /**
   * Writes content that is not longer than what one connection should send.
   *
   * @param crc32c of the content
   */
  ObjectEntry write(
      Location location, ObjectContent content, long crc32c, WriteCondition condition) {
    return make(
        location,
        condition,
        crc32c,
        (described, precondition) -> {
          described.setCrc32c(GcsChecksum.of(crc32c));
          return content.size() <= sizes.longestSingle()
              ? service.insert(
                  location, described, new ContentSection(content, 0, content.size()), precondition)
              : sendInPieces(location, described, content, precondition, condition.guard());
        });
  }

  /**
   * Makes an object once.
   *
   * @param crc32c that the object must get
   */
  ObjectEntry make(Location location, WriteCondition condition, long crc32c, Making making) {
    String id = UUID.randomUUID().toString();
    long precondition = condition.generation().orElseGet(() -> presentGeneration(location));
    Attempts attempts = retrier.start("write", location);
    int refusedContents = 0;
    while (true) {
      condition.guard().run();
      StorageObject described =
          new StorageObject()
              .setName(location.key())
              .setContentType(ContentSection.TYPE)
              .setMetadata(Map.of(UPLOAD_ID, id));
      try {
        StorageObject made = attempts.attempt(() -> making.make(described, precondition));
        attempts.progressed();
        return checked(location, crc32c, made);
      } catch (IOException e) {
        int status = Trouble.status(e);
        if (status == 412) {
          return checked(location, crc32c, ownOrRefused(location, id));
        }
        // What arrives with another checksum than was announced is refused with 400.
        if (status != 400 || ++refusedContents == CHECKS) {
          attempts.failed(e);
        }
      }
    }
  }

  private long presentGeneration(Location location) {
    return retrier
        .find(location, () -> service.metadata(location))
        .map(ObjectEntry::generation)
        .orElse(0L);
  }

  private StorageObject ownOrRefused(Location location, String id) {
    return retrier
        .find(location, () -> service.resource(location))
        .filter(
            resource ->
                resource.getMetadata() != null && id.equals(resource.getMetadata().get(UPLOAD_ID)))
        .orElseThrow(() -> WriteCondition.refused("write", location));
  }

  private ObjectEntry checked(Location location, long crc32c, StorageObject resource) {
    ObjectEntry entry = GcsService.entry(location.name(), resource);
    if (entry.crc32c().equals(OptionalLong.of(crc32c))) {
      return entry;
    }
    // It may be the response that is wrong.
    ObjectEntry stored = retrier.find(location, () -> service.metadata(location)).orElse(entry);
    if (stored.generation() == entry.generation()
        && stored.crc32c().equals(OptionalLong.of(crc32c))) {
      return stored;
    }
    throw retrier
        .failures()
        .of(
            Failure.Kind.REMOTE,
            "write",
            location,
            "the service says that it stored something else than what was sent (CRC-32C of"
                + " generation "
                + entry.generation()
                + "); run the same command again");
  }

  private StorageObject sendInPieces(
      Location location,
      StorageObject described,
      ObjectContent content,
      long precondition,
      Runnable guard)
      throws IOException {
    ResumableSession session = service.startSession(location, described, precondition);
    retrier.reached();
    Attempts attempts = retrier.start("write", location);
    long stored = 0;
    boolean asking = false;
    while (true) {
      // Any of these requests may be the last one, which publishes the object.
      guard.run();
      try {
        ResumableSession.Progress progress =
            asking
                ? session.ask()
                : session.send(content, stored, Math.min(stored + sizes.piece(), content.size()));
        if (progress.object().isPresent()) {
          return progress.object().get();
        }
        if (progress.stored() <= stored && !asking) {
          throw new IOException("the service stored nothing of what was sent");
        }
        asking = false;
        if (progress.stored() > stored) {
          attempts.progressed();
        }
        stored = progress.stored();
      } catch (IOException e) {
        switch (Trouble.status(e)) {
          case 400, 412 -> throw e;
          case 404, 410 -> throw new ResumableSession.LostException(e);
          default -> attempts.failed(e);
        }
        asking = true;
      }
    }
  }
}
