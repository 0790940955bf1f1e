package dev.alexnet.infra.testing.gcs;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Flips the lowest bit of one byte. */
final class FlippedStream extends FilterInputStream {
  private final long flipped;
  private long position;

  FlippedStream(InputStream sound, long flipped) {
    super(sound);
    this.flipped = flipped;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    return value < 0 || position++ != flipped ? value : value ^ 1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = super.read(bytes, offset, length);
    if (count > 0) {
      if (flipped >= position && flipped < position + count) {
        bytes[offset + (int) (flipped - position)] ^= 1;
      }
      position += count;
    }
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = super.skip(count);
    position += skipped;
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
