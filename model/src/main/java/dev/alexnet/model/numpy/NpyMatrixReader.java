package dev.alexnet.model.numpy;

import dev.alexnet.infra.failure.Failure;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Reads a float32 matrix from a NumPy file, a block of rows at a time. */
public final class NpyMatrixReader implements Closeable {
  private final InputStream stream;
  private final Object where;
  private final long rows;
  private final int columns;
  private long unread;

  private NpyMatrixReader(InputStream stream, Object where, NpyHeader header) {
    this.stream = stream;
    this.where = where;
    this.rows = header.shape().get(0);
    this.columns = Math.toIntExact(header.shape().get(1));
    this.unread = rows;
  }

  /**
   * Opens a matrix.
   *
   * @param stream closed with the reader
   * @param where what to call it in an error
   * @throws Failure of kind BAD_DATA if it is not a matrix of little-endian float32
   */
  public static NpyMatrixReader open(InputStream stream, Object where) throws IOException {
    NpyHeader header = NpyHeader.read(stream, where);
    if (!header.type().equals(NpyHeader.FLOAT) || !isMatrix(header.shape())) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          where
              + " holds "
              + header.type()
              + " of shape "
              + header.shape()
              + "; it must be a matrix of "
              + NpyHeader.FLOAT);
    }
    return new NpyMatrixReader(stream, where, header);
  }

  private static boolean isMatrix(List<Long> shape) {
    return shape.size() == 2 && shape.get(1) > 0 && shape.get(1) <= Integer.MAX_VALUE;
  }

  public long rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  /**
   * Reads the next rows, one after another.
   *
   * @param block filled from its start; its length is a multiple of the columns
   * @return how many rows it holds now, 0 at the end
   * @throws Failure of kind BAD_DATA if the file ends too early
   */
  public int read(float[] block) throws IOException {
    int count = (int) Math.min(unread, block.length / columns);
    // In one call: a stream that wraps another would otherwise read 8 KiB at a time.
    byte[] bytes = new byte[count * columns * Float.BYTES];
    if (stream.readNBytes(bytes, 0, bytes.length) < bytes.length) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          where + " ends before the last of its " + rows + " rows; write it again");
    }
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(block, 0, count * columns);
    unread -= count;
    return count;
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
