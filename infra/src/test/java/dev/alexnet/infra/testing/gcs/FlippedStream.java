package dev.alexnet.infra.testing.gcs;

import java.io.IOException;
import java.io.InputStream;

/** Flips the lowest bit of one byte. */
final class FlippedStream extends InputStream {
  private final InputStream sound;
  private final long flipped;
  private final Runnable whenFlipped;
  private long position;

  FlippedStream(InputStream sound, long flipped, Runnable whenFlipped) {
    this.sound = sound;
    this.flipped = flipped;
    this.whenFlipped = whenFlipped;
  }

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = sound.read(bytes, offset, length);
    if (count > 0) {
      if (flipped >= position && flipped < position + count) {
        bytes[offset + (int) (flipped - position)] ^= 1;
        whenFlipped.run();
      }
      position += count;
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    sound.close();
  }
}
