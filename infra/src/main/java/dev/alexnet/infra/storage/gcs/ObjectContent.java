package dev.alexnet.infra.storage.gcs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/** What an object gets, which can be read as often as it has to be sent. Thread-safe. */
interface ObjectContent {

  long size();

  /** The bytes from an offset on. */
  InputStream stream(long offset, long length) throws IOException;

  static ObjectContent of(byte[] bytes) {
    return new ObjectContent() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public InputStream stream(long offset, long length) {
        return new ByteArrayInputStream(bytes, (int) offset, (int) length);
      }
    };
  }

  /** The file as long as it is now; one that becomes shorter cannot be sent. */
  static ObjectContent of(FileChannel file) throws IOException {
    long size = file.size();
    return new ObjectContent() {
      @Override
      public long size() {
        return size;
      }

      @Override
      public InputStream stream(long offset, long length) {
        return new FileSectionStream(file, offset, offset + length);
      }
    };
  }

  default ObjectContent part(long from, long length) {
    ObjectContent whole = this;
    return new ObjectContent() {
      @Override
      public long size() {
        return length;
      }

      @Override
      public InputStream stream(long offset, long some) throws IOException {
        return whole.stream(from + offset, some);
      }
    };
  }

  default long crc32c() throws IOException {
    CRC32C crc = new CRC32C();
    byte[] buffer = new byte[1 << 16];
    try (InputStream stream = stream(0, size())) {
      for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
        crc.update(buffer, 0, count);
      }
    }
    return crc.getValue();
  }
}
