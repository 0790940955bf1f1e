package dev.alexnet.pipelines.output;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.reading.ObjectStream;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.numpy.NpyMatrixReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/** The matrix of one shard, verified against its file's checksum while it is read. */
public final class VerifiedMatrix implements Closeable {
  private final Location file;
  private final Shard written;
  private final String remedy;
  private final CheckedInputStream stream;
  private final NpyMatrixReader matrix;

  private VerifiedMatrix(
      Location file,
      Shard written,
      String remedy,
      CheckedInputStream stream,
      NpyMatrixReader matrix) {
    this.file = file;
    this.written = written;
    this.remedy = remedy;
    this.stream = stream;
    this.matrix = matrix;
  }

  /**
   * @param written the file as it was written
   * @param remedy names the manifest with its checksum, and says what to do if it differs
   * @throws Failure of kind INPUT_MISSING if it does not exist, BAD_DATA if it is not a matrix
   */
  public static VerifiedMatrix open(ObjectStore store, Location file, Shard written, String remedy)
      throws IOException {
    CheckedInputStream stream =
        new CheckedInputStream(ObjectStream.open(store, file), new CRC32C());
    return new VerifiedMatrix(file, written, remedy, stream, NpyMatrixReader.open(stream, file));
  }

  public long rows() {
    return matrix.rows();
  }

  public int columns() {
    return matrix.columns();
  }

  /**
   * Reads the next rows, as {@link NpyMatrixReader#read} does. The rows are verified only once it
   * returns none.
   *
   * @throws Failure of kind BAD_DATA if the file is damaged
   */
  public int read(float[] block) throws IOException {
    int rows = matrix.read(block);
    if (rows == 0) {
      stream.transferTo(OutputStream.nullOutputStream());
      requireIntact();
    }
    return rows;
  }

  private void requireIntact() {
    if (stream.getChecksum().getValue() != written.crc32c()) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          file + " is damaged: its CRC-32C does not match the one in " + remedy);
    }
  }

  @Override
  public void close() throws IOException {
    matrix.close();
  }
}
