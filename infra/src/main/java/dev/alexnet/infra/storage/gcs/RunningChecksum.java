package dev.alexnet.infra.storage.gcs;

import java.util.zip.CRC32C;

/** The CRC-32C of the beginning of an object, as far as it was read without a gap. */
final class RunningChecksum {
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
