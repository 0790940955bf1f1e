package dev.alexnet.pipelines.score;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.PendingObject;
import dev.alexnet.model.numpy.NpyWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;

/**
 * The kept probabilities of one shard while they are written: a NumPy matrix of float32 with a row
 * per record, in which the members' probabilities of all classes follow one another. An image that
 * cannot be decoded has a row of NaN, so that row numbers are record numbers.
 */
final class ProbabilityFile implements AutoCloseable {
  private final PendingObject pending;
  private final OutputStream stream;
  private final NpyWriter matrix;
  private final int classes;
  private final float[] row;

  /**
   * @param records how many rows will be written
   */
  ProbabilityFile(ObjectStore store, Location file, long records, int members, int classes)
      throws IOException {
    this.classes = classes;
    this.row = new float[Math.multiplyExact(members, classes)];
    this.pending = store.create(file);
    this.stream = new BufferedOutputStream(pending.stream());
    this.matrix = NpyWriter.ofFloats(stream, records, row.length);
  }

  /**
   * @param each {@code [images, classes]} of each member
   */
  void write(List<float[][]> each, int image) throws IOException {
    for (int member = 0; member < each.size(); member++) {
      System.arraycopy(each.get(member)[image], 0, row, member * classes, classes);
    }
    matrix.write(row);
  }

  void writeUndecodable() throws IOException {
    Arrays.fill(row, Float.NaN);
    matrix.write(row);
  }

  void commit() throws IOException {
    matrix.finish();
    stream.flush();
    pending.commit();
  }

  @Override
  public void close() {
    pending.close();
  }
}
