package dev.alexnet.infra.storage.gcs;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * Reads one generation of an object of Google Cloud Storage, at any position. Bytes that were read
 * in order from the first to the last are checked against the object's CRC-32C when the last one is
 * read; others have no checksum.
 */
final class GcsObjectChannel implements SeekableByteChannel {
  private static final int BUFFER = 1 << 18;
  // Reading across a shorter gap is faster than a new request.
  private static final int LONGEST_SKIP = 1 << 20;

  private final ObjectReader reader;
  private final Location location;
  private final ObjectEntry object;
  private final RunningChecksum checksum = new RunningChecksum();
  private InputStream stream;
  private long position;
  private long streamPosition;
  private boolean closed;

  GcsObjectChannel(ObjectReader reader, Location location, ObjectEntry object) {
    this.reader = reader;
    this.location = location;
    this.object = object;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    requireOpen();
    if (position >= object.size()) {
      return -1;
    }
    moveStream();
    byte[] bytes =
        target.hasArray() ? target.array() : new byte[Math.min(target.remaining(), BUFFER)];
    int offset = target.hasArray() ? target.arrayOffset() + target.position() : 0;
    int count = stream.read(bytes, offset, Math.min(target.remaining(), bytes.length - offset));
    checksum.update(position, bytes, offset, count);
    if (target.hasArray()) {
      target.position(target.position() + count);
    } else {
      target.put(bytes, 0, count);
    }
    position += count;
    streamPosition = position;
    if (checksum.length() == object.size() && position == object.size()) {
      requireChecksum();
    }
    return count;
  }

  private void requireChecksum() {
    if (!object.crc32c().equals(OptionalLong.of(checksum.value()))) {
      reader.requireChecksum(location, object, checksum.value());
    }
  }

  private void moveStream() throws IOException {
    long gap = position - streamPosition;
    if (stream == null || gap < 0 || gap > LONGEST_SKIP) {
      closeStream();
      stream =
          new BufferedInputStream(
              reader.stream(
                  location, OptionalLong.of(object.generation()), position, Long.MAX_VALUE),
              BUFFER);
    } else {
      stream.skipNBytes(gap);
    }
    streamPosition = position;
  }

  private void closeStream() throws IOException {
    if (stream != null) {
      stream.close();
      stream = null;
    }
  }

  @Override
  public long position() throws IOException {
    requireOpen();
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) throws IOException {
    requireOpen();
    if (newPosition < 0) {
      throw new IllegalArgumentException("The position " + newPosition + " is negative");
    }
    position = newPosition;
    return this;
  }

  @Override
  public long size() throws IOException {
    requireOpen();
    return object.size();
  }

  private void requireOpen() throws ClosedChannelException {
    if (closed) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  @Override
  public void close() throws IOException {
    closed = true;
    closeStream();
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long newSize) {
    throw new NonWritableChannelException();
  }

  /** The CRC-32C of the beginning of an object, as far as it was read without a gap. */
  private static final class RunningChecksum {
    private final CRC32C crc = new CRC32C();
    private long length;

    /** Takes bytes of the object in; what does not continue the beginning is left out. */
    void update(long position, byte[] bytes, int offset, int count) {
      long known = length - position;
      if (known >= 0 && known < count) {
        crc.update(bytes, offset + (int) known, count - (int) known);
        length = position + count;
      }
    }

    /** How many bytes of the beginning it covers. */
    long length() {
      return length;
    }

    long value() {
      return crc.getValue();
    }
  }
}
