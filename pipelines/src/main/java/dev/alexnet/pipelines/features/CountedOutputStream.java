package dev.alexnet.pipelines.features;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Counts the bytes that are written to it. */
final class CountedOutputStream extends FilterOutputStream {
  private long count;

  CountedOutputStream(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int one) throws IOException {
    out.write(one);
    count++;
  }

  @Override
  public void write(byte[] bytes, int start, int length) throws IOException {
    out.write(bytes, start, length);
    count += length;
  }

  long count() {
    return count;
  }
}
