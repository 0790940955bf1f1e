package dev.alexnet.infra.reading;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.DamagedTransferException;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.infra.storage.ObjectStore;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Compares objects that were read in parts with the checksums that the store keeps of them. */
public final class CheckedObject {
  private static final Comparator<CheckedRange> ORDER =
      Comparator.comparingLong(CheckedRange::offset)
          .thenComparingLong(CheckedRange::length)
          .thenComparingLong(CheckedRange::generation)
          .thenComparingLong(CheckedRange::crc32c);

  private CheckedObject() {}

  /**
   * @param parts of objects, in any order; repeated ones count once
   * @throws Failure of kind BAD_DATA if they are not the whole of each object, or do not have its
   *     checksum; of kind REMOTE, with a {@link DamagedTransferException}, if the object has it
   *     when it is read again
   */
  public static void require(ObjectStore store, Collection<CheckedRange> parts) {
    Map<Location, TreeSet<CheckedRange>> objects = new LinkedHashMap<>();
    for (CheckedRange part : parts) {
      objects.computeIfAbsent(part.object(), object -> new TreeSet<>(ORDER)).add(part);
    }
    objects.forEach((object, ofIt) -> require(store, object, List.copyOf(ofIt)));
  }

  private static void require(ObjectStore store, Location object, List<CheckedRange> parts) {
    ObjectEntry stored = store.find(object).orElse(null);
    CheckedRange whole = joined(parts);
    if (stored == null || whole == null || !whole.isWhole(stored)) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          object + " was changed while it was read; run the same command again");
    }
    if (whole.crc32c() == stored.crc32c().orElseThrow()) {
      return;
    }
    // It may be the response that is wrong.
    stored = store.find(object).filter(whole::isWhole).orElse(stored);
    if (whole.crc32c() == stored.crc32c().orElseThrow()) {
      return;
    }
    CheckedRange again = CheckedRange.of(store, object, stored.generation(), 0, stored.size());
    if (again.crc32c() == stored.crc32c().getAsLong()) {
      String what = object + " was damaged while it was read; run the same command again";
      throw new Failure(Failure.Kind.REMOTE, what, new DamagedTransferException(what));
    }
    throw new Failure(
        Failure.Kind.BAD_DATA,
        "%s is damaged: its bytes have the CRC-32C %08x, and %08x is stored with them. Compare its size and MD5 with the published ones and upload it again."
            .formatted(object, again.crc32c(), stored.crc32c().getAsLong()));
  }

  /** The parts as one; null if they do not follow each other from the object's first byte. */
  private static CheckedRange joined(List<CheckedRange> parts) {
    CheckedRange joined = parts.get(0);
    for (CheckedRange part : parts.subList(1, parts.size())) {
      if (part.offset() != joined.end() || part.generation() != joined.generation()) {
        return null;
      }
      joined = joined.followedBy(part);
    }
    return joined.offset() == 0 ? joined : null;
  }
}
