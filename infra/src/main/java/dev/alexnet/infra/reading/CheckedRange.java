package dev.alexnet.infra.reading;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.hash.Crc32c;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.infra.storage.ObjectStore;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.OptionalLong;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/**
 * A range of one generation of an object, with the CRC-32C that its bytes had when they were read
 * first.
 *
 * @param offset of the first byte
 * @param length in bytes
 */
public record CheckedRange(Location object, long generation, long offset, long length, long crc32c)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A damaged transfer is repeated; damage that stays is in the object, or was there before. */
  private static final int ATTEMPTS = 3;

  public CheckedRange {
    requireNonNull(object, "object is null");
  }

  /** Reads a range of any length, in blocks, for its checksum. */
  public static CheckedRange of(
      ObjectStore store, Location object, long generation, long offset, long length) {
    try (RangeStream bytes = new RangeStream(store, object, generation, offset, length);
        CheckedInputStream stream = new CheckedInputStream(bytes, new CRC32C())) {
      stream.transferTo(OutputStream.nullOutputStream());
      return new CheckedRange(object, generation, offset, length, stream.getChecksum().getValue());
    } catch (IOException e) {
      throw Failure.inputOutput("read", object, e);
    }
  }

  /** The response that told the checksum may have been wrong; that of a part cannot be told. */
  private boolean isStored(ObjectStore store, long found) {
    return offset == 0
        && store
            .find(object)
            .filter(this::isWhole)
            .filter(stored -> stored.crc32c().equals(OptionalLong.of(found)))
            .isPresent();
  }

  /** Whether these are all bytes of an object. */
  boolean isWhole(ObjectEntry stored) {
    return offset == 0 && generation == stored.generation() && length == stored.size();
  }

  /** The offset after the last byte. */
  public long end() {
    return offset + length;
  }

  /** This range and the one after it as one. */
  public CheckedRange followedBy(CheckedRange next) {
    if (!next.object.equals(object) || next.generation != generation || next.offset != end()) {
      throw new IllegalArgumentException(next + " does not follow " + this);
    }
    long both = Crc32c.combined(crc32c, next.crc32c, next.length);
    return new CheckedRange(object, generation, offset, length + next.length, both);
  }

  /**
   * Reads the range in one request, and again if its bytes do not have the checksum.
   *
   * @throws Failure of kind BAD_DATA if they never do
   */
  public byte[] read(ObjectStore store) {
    if (length == 0) {
      return new byte[0];
    }
    long found = 0;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      byte[] bytes = store.readRange(object, generation, offset, Math.toIntExact(length));
      found = Crc32c.of(bytes);
      if (found == crc32c || isStored(store, found)) {
        return bytes;
      }
    }
    throw new Failure(
        Failure.Kind.BAD_DATA,
        "%d bytes of %s at byte %d are damaged: their CRC-32C is %08x in %d readings, and %08x when they were listed. Run the same command again; if it says the same, upload the file again"
            .formatted(length, object, offset, found, ATTEMPTS, crc32c));
  }
}
