package dev.alexnet.infra.reading;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.infra.storage.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/**
 * An object of any size, read from its start to its end. One on an object store is compared with
 * the checksum that is stored with it: a small one before its first byte is given out, others at
 * their end. So a caller publishes nothing before it has seen the end.
 */
public final class ObjectStream {
  private static final int SMALL = 8 << 20;

  private ObjectStream() {}

  /**
   * Opens an object. Reading it throws a {@link Failure} of kind BAD_DATA if the object is damaged,
   * and of kind REMOTE if only its transfer was; a stream that is closed early is not checked.
   */
  public static InputStream open(ObjectStore store, Location location) {
    if (!location.isCloud()) {
      return Channels.newInputStream(store.open(location));
    }
    ObjectEntry entry = store.find(location).orElse(null);
    if (entry == null) {
      // The failure that says so.
      return new ByteArrayInputStream(store.readAll(location));
    }
    if (entry.size() > SMALL) {
      return new CheckedAtItsEnd(store, location, entry);
    }
    return new ByteArrayInputStream(
        new CheckedRange(
                location, entry.generation(), 0, entry.size(), entry.crc32c().orElseThrow())
            .read(store));
  }

  private static final class CheckedAtItsEnd extends FilterInputStream {
    private final ObjectStore store;
    private final Location location;
    private final ObjectEntry entry;

    CheckedAtItsEnd(ObjectStore store, Location location, ObjectEntry entry) {
      super(checksummed(store, location, entry));
      this.store = store;
      this.location = location;
      this.entry = entry;
    }

    private static CheckedInputStream checksummed(
        ObjectStore store, Location location, ObjectEntry entry) {
      return new CheckedInputStream(
          new RangeStream(store, location, entry.generation(), 0, entry.size()), new CRC32C());
    }

    @Override
    public int read() throws IOException {
      int value = in.read();
      return value < 0 ? end() : value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = in.read(target, offset, length);
      return count < 0 ? end() : count;
    }

    @Override
    public long skip(long count) throws IOException {
      return in.skip(count);
    }

    private int end() throws IOException {
      long stored = entry.crc32c().orElseThrow();
      if (((CheckedInputStream) in).getChecksum().getValue() != stored) {
        throw damaged(stored);
      }
      return -1;
    }

    /** Reads it once more, to tell a damaged object from a damaged transfer. */
    private Failure damaged(long stored) throws IOException {
      try (CheckedInputStream again = checksummed(store, location, entry)) {
        again.transferTo(OutputStream.nullOutputStream());
        return again.getChecksum().getValue() == stored
            ? new Failure(
                Failure.Kind.REMOTE,
                location + " was damaged while it was read; run the same command again")
            : new Failure(
                Failure.Kind.BAD_DATA,
                location
                    + " is damaged: its bytes do not have the checksum that is stored with them;"
                    + " write it again");
      }
    }
  }
}
