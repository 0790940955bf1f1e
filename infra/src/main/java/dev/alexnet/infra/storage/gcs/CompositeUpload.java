package dev.alexnet.infra.storage.gcs;

import com.google.api.client.http.HttpResponseException;
import com.google.api.services.storage.model.ComposeRequest.SourceObjects;
import com.google.api.services.storage.model.ComposeRequest.SourceObjects.ObjectPreconditions;
import com.google.api.services.storage.model.StorageObject;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.hash.Crc32c;
import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.infra.storage.PendingFile;
import dev.alexnet.infra.storage.WriteCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Sends long content as hidden objects, in parallel, which the service then concatenates.
 *
 * <p>A part is named by the object and by its own checksum, so that a run that was killed leaves
 * parts that the next run need not send again.
 */
final class CompositeUpload {
  // The service concatenates no more at once.
  private static final int MOST_PARTS = 32;
  private static final int AT_ONCE = 8;
  private static final int NAME_DIGITS = 16;
  private static final Duration CLEANING = Duration.ofSeconds(10);

  private final GcsService service;
  private final Retrier retrier;
  private final ObjectWriter writer;
  private final GcsListing listing;
  private final int part;

  /**
   * @param part the shortest length of a part
   */
  CompositeUpload(
      GcsService service, Retrier retrier, ObjectWriter writer, GcsListing listing, int part) {
    this.service = service;
    this.retrier = retrier;
    this.writer = writer;
    this.listing = listing;
    this.part = part;
  }

  ObjectEntry upload(Location target, ObjectContent content, WriteCondition condition)
      throws IOException {
    requireCondition(target, condition);
    String prefix = prefixOf(target);
    Map<String, ObjectEntry> present =
        listing.objects(target.parent(), prefix).stream()
            .collect(Collectors.toMap(ObjectEntry::name, Function.identity()));
    try {
      List<ObjectEntry> parts = send(target.parent(), prefix, content, present, condition.guard());
      long crc32c = 0;
      for (ObjectEntry part : parts) {
        crc32c = Crc32c.combined(crc32c, part.crc32c().orElseThrow(), part.size());
      }
      return composed(target, condition, crc32c, parts);
    } finally {
      clean(target.parent(), prefix, condition.guard());
    }
  }

  /** Before much is sent in vain. */
  private void requireCondition(Location target, WriteCondition condition) {
    long present =
        condition.generation().isEmpty()
            ? 0
            : retrier
                .find(target, () -> service.metadata(target))
                .map(ObjectEntry::generation)
                .orElse(0L);
    if (!condition.permits(present)) {
      throw WriteCondition.refused("write", target);
    }
  }

  private static String prefixOf(Location target) {
    String name = Sha256.of(target.name().getBytes(StandardCharsets.UTF_8));
    return PendingFile.PREFIX + name.substring(0, NAME_DIGITS) + "-";
  }

  private List<ObjectEntry> send(
      Location directory,
      String prefix,
      ObjectContent content,
      Map<String, ObjectEntry> present,
      Runnable guard)
      throws IOException {
    long length = Math.max(part, (content.size() + MOST_PARTS - 1) / MOST_PARTS);
    List<Callable<ObjectEntry>> tasks = new ArrayList<>();
    for (long from = 0; from < content.size(); from += length) {
      ObjectContent section = content.part(from, Math.min(length, content.size() - from));
      int number = tasks.size();
      tasks.add(
          () -> {
            long crc32c = section.crc32c();
            String name = prefix + "%02d-%d-%08x".formatted(number, section.size(), crc32c);
            return sendPart(directory.resolve(name), section, crc32c, present.get(name), guard);
          });
    }
    try {
      return Parallel.run(AT_ONCE, tasks);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("No task throws another exception", e);
    }
  }

  private ObjectEntry sendPart(
      Location location, ObjectContent section, long crc32c, ObjectEntry present, Runnable guard) {
    if (present != null
        && present.size() == section.size()
        && present.crc32c().equals(OptionalLong.of(crc32c))) {
      return present;
    }
    WriteCondition condition =
        present == null
            ? WriteCondition.none()
            : WriteCondition.unchangedSince(present.generation());
    return writer.write(location, section, crc32c, condition.guardedBy(guard));
  }

  private ObjectEntry composed(
      Location target, WriteCondition condition, long crc32c, List<ObjectEntry> parts) {
    AtomicLong made = new AtomicLong();
    try {
      return writer.make(
          target,
          condition,
          crc32c,
          (described, precondition) -> {
            StorageObject resource = compose(target, described, parts, precondition);
            made.set(resource.getGeneration());
            return resource;
          });
    } catch (Failure e) {
      // Unlike an upload, the service cannot compare it with what it should be.
      if (made.get() != 0) {
        listing.delete(retrier, target, WriteCondition.unchangedSince(made.get()));
      }
      throw e;
    }
  }

  private StorageObject compose(
      Location target, StorageObject described, List<ObjectEntry> parts, long precondition)
      throws IOException {
    String directory = target.key().substring(0, target.key().length() - target.name().length());
    List<SourceObjects> sources =
        parts.stream()
            .map(
                part ->
                    new SourceObjects()
                        .setName(directory + part.name())
                        .setGeneration(part.generation())
                        .setObjectPreconditions(
                            new ObjectPreconditions().setIfGenerationMatch(part.generation())))
            .toList();
    try {
      return service.compose(target, described, sources, precondition);
    } catch (HttpResponseException e) {
      if (e.getStatusCode() != 404) {
        throw e;
      }
      throw retrier
          .failures()
          .of(
              Failure.Kind.REMOTE,
              "write",
              target,
              "parts of it were deleted before they were put together; let no other run clean "
                  + target.parent()
                  + ", then run the same command again");
    }
  }

  /** What stays in spite of this is hidden, and goes by {@link GcsStore#deleteAbandoned}. */
  private void clean(Location directory, String prefix, Runnable guard) {
    try {
      // Whoever may write here now names its parts alike.
      guard.run();
      listing.deleteObjects(retrier.within(CLEANING), directory, prefix);
    } catch (Failure e) {
      // The object is complete, or what kept it from that is thrown already.
    }
  }
}
