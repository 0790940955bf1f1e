package dev.alexnet.infra.testing.gcs;

import java.io.IOException;
import java.io.InputStream;

/** Ends early, and leaves the stream behind it open, because the handler reads what is left. */
final class ShortStream extends InputStream {
  private final InputStream whole;
  private long left;

  ShortStream(InputStream whole, long length) {
    this.whole = whole;
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    int count = whole.read(bytes, offset, (int) Math.min(length, left));
    left -= Math.max(0, count);
    return count;
  }
}
