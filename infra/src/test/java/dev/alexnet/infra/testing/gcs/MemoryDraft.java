package dev.alexnet.infra.testing.gcs;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;

/** Content in memory. */
final class MemoryDraft extends Draft {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @SuppressWarnings("ArrayRecordComponent")
  private record Bytes(byte[] bytes) implements Content {
    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public InputStream open(long offset) {
      return new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset);
    }

    @Override
    public void discard() {}
  }

  @Override
  OutputStream target() {
    return bytes;
  }

  @Override
  Content finish() {
    return new Bytes(bytes.toByteArray());
  }

  @Override
  void discard() {}
}
