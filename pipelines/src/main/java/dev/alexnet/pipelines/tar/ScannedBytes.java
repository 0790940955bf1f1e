package dev.alexnet.pipelines.tar;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32C;

/** An archive that is read from its start to its end, with a checksum of all that was read. */
final class ScannedBytes implements TarBytes {
  private final InputStream stream;
  private final CRC32C all = new CRC32C();
  private final byte[] buffer = new byte[1 << 16];
  private long position;

  ScannedBytes(InputStream stream) {
    this.stream = stream;
  }

  @Override
  public void read(long from, byte[] target) throws IOException {
    pass(from - position, new CRC32C());
    int count = stream.readNBytes(target, 0, target.length);
    all.update(target, 0, count);
    position += count;
    if (count < target.length) {
      throw new EOFException("without an end-of-archive marker");
    }
  }

  @Override
  public long crc32c(long from, long length) throws IOException {
    pass(from - position, new CRC32C());
    CRC32C content = new CRC32C();
    pass(length, content);
    return content.getValue();
  }

  /** The checksum of the whole archive, which is read to its end for it. */
  long crc32cOfAll(long length) throws IOException {
    pass(length - position, new CRC32C());
    return all.getValue();
  }

  private void pass(long length, CRC32C part) throws IOException {
    for (long left = length; left > 0; ) {
      int count = stream.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (count < 0) {
        throw new EOFException("without an end-of-archive marker");
      }
      all.update(buffer, 0, count);
      part.update(buffer, 0, count);
      position += count;
      left -= count;
    }
  }
}
