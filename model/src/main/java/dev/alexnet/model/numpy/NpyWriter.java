package dev.alexnet.model.numpy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Writes an array as {@code numpy.save} does, value by value, so that it may be larger than memory.
 * Does not close the stream.
 */
public final class NpyWriter {
  private final OutputStream stream;
  private long missing;

  private NpyWriter(OutputStream stream, NpyHeader header) throws IOException {
    this.stream = stream;
    this.missing = header.shape().get(0);
    stream.write(header.bytes());
  }

  /** A float32 matrix. */
  public static NpyWriter ofFloats(OutputStream stream, long rows, int columns) throws IOException {
    return new NpyWriter(stream, new NpyHeader(NpyHeader.FLOAT, List.of(rows, (long) columns)));
  }

  /** An int64 vector. */
  public static NpyWriter ofLongs(OutputStream stream, long length) throws IOException {
    return new NpyWriter(stream, new NpyHeader(NpyHeader.LONG, List.of(length)));
  }

  /** The next row of a matrix of floats. */
  public void write(float[] row) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(Float.BYTES * row.length);
    buffer.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(row);
    stream.write(buffer.array());
    missing--;
  }

  /** The next value of a vector of longs. */
  public void write(long value) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    stream.write(buffer.putLong(value).array());
    missing--;
  }

  /**
   * @throws IllegalStateException if less was written than the header says
   */
  public void finish() {
    if (missing != 0) {
      throw new IllegalStateException(missing + " rows of the array were not written");
    }
  }
}
