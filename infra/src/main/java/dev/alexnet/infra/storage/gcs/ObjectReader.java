package dev.alexnet.infra.storage.gcs;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.hash.Crc32c;
import dev.alexnet.infra.storage.LoadedObject;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/** Reads objects and ranges of them, and checks whole ones against their stored CRC-32C. */
final class ObjectReader {
  /** How often bytes with another checksum are read until they count as what is stored. */
  static final int CHECKS = 3;

  private final GcsService service;
  private final Retrier retrier;

  ObjectReader(GcsService service, Retrier retrier) {
    this.service = service;
    this.retrier = retrier;
  }

  /** The bytes of the newest generation, by one request if nothing goes wrong. */
  LoadedObject load(Location location) {
    long generation = 0;
    for (int i = 0; i < CHECKS; i++) {
      try (GcsObjectStream stream = stream(location, OptionalLong.empty(), 0, Long.MAX_VALUE)) {
        ObjectEntry object = stream.object();
        generation = object.generation();
        byte[] content = new byte[Math.toIntExact(object.size())];
        fill(stream, content);
        if (object.crc32c().equals(OptionalLong.of(Crc32c.of(content)))) {
          return new LoadedObject(content, generation);
        }
      } catch (Failure e) {
        boolean replacedMeanwhile = e.kind() == Failure.Kind.INPUT_MISSING && generation != 0;
        if (!replacedMeanwhile || i + 1 == CHECKS) {
          throw e;
        }
      }
    }
    throw retrier.failures().damaged(location, generation, CHECKS);
  }

  byte[] readRange(Location location, long generation, long offset, int length) {
    byte[] range = new byte[length];
    try (GcsObjectStream stream =
        stream(location, OptionalLong.of(generation), offset, offset + length)) {
      int count = fill(stream, range);
      if (count < length) {
        throw retrier
            .failures()
            .of(
                Failure.Kind.BAD_DATA,
                "read",
                location,
                "it ends before byte " + (offset + length) + ", at byte " + (offset + count));
      }
    }
    return range;
  }

  private static int fill(GcsObjectStream stream, byte[] target) {
    int filled = 0;
    while (filled < target.length) {
      int count = stream.read(target, filled, target.length - filled);
      if (count < 0) {
        break;
      }
      filled += count;
    }
    return filled;
  }

  /**
   * Finds why bytes that were read had another checksum than the object: by asking again, then by
   * reading again.
   *
   * @param arrived the checksum of the bytes that were read
   * @throws Failure of kind BAD_DATA if they are stored so; REMOTE if they are right this time;
   *     none if the object's checksum was told wrong before
   */
  void requireChecksum(Location location, ObjectEntry told, long arrived) {
    ObjectEntry object =
        retrier
            .find(location, () -> service.metadata(location))
            .filter(present -> present.generation() == told.generation())
            .orElse(told);
    if (!object.crc32c().equals(OptionalLong.of(arrived))) {
      throw mismatch(location, object);
    }
  }

  private Failure mismatch(Location location, ObjectEntry object) {
    CRC32C crc = new CRC32C();
    byte[] buffer = new byte[1 << 18];
    for (int i = 1; i < CHECKS; i++) {
      crc.reset();
      try (GcsObjectStream stream =
          stream(location, OptionalLong.of(object.generation()), 0, object.size())) {
        for (int count = stream.read(buffer, 0, buffer.length);
            count >= 0;
            count = stream.read(buffer, 0, buffer.length)) {
          crc.update(buffer, 0, count);
        }
      }
      if (object.crc32c().equals(OptionalLong.of(crc.getValue()))) {
        return retrier.failures().changedOnTheWay(location, object.generation());
      }
    }
    return retrier.failures().damaged(location, object.generation(), CHECKS);
  }

  GcsObjectStream stream(Location location, OptionalLong generation, long from, long end) {
    return new GcsObjectStream(service, retrier, location, generation, from, end);
  }
}
