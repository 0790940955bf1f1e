package dev.alexnet.infra.testing.gcs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32C;

/** Content that is being received. */
abstract class Draft {
  private final CRC32C crc = new CRC32C();
  private long size;

  abstract OutputStream target();

  /** All that was received, as the content of an object. */
  abstract Content finish();

  abstract void discard();

  /**
   * Appends what the stream has, up to a number of bytes.
   *
   * @throws IOException if the stream breaks; what came before is kept
   */
  void append(InputStream source, long most) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long left = most;
    int count;
    while (left > 0 && (count = source.read(buffer, 0, (int) Math.min(buffer.length, left))) >= 0) {
      append(buffer, count);
      left -= count;
    }
  }

  private void append(byte[] bytes, int count) {
    try {
      target().write(bytes, 0, count);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    crc.update(bytes, 0, count);
    size += count;
  }

  long size() {
    return size;
  }

  /** As the service writes it: base 64 of four bytes, big endian. */
  String checksum() {
    byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
    return Base64.getEncoder().encodeToString(bytes);
  }
}
