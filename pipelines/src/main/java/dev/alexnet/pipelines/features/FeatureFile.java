package dev.alexnet.pipelines.features;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.PendingObject;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.dataset.TfRecordWriter;
import dev.alexnet.model.numpy.NpyWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/** A feature file that is being written; it becomes visible when it is committed. */
final class FeatureFile implements Closeable {
  /** Writes one image's features, or their placeholder if it has none. */
  private interface RowWriter {
    /** Returns whether the file has a record for the image. */
    boolean write(FeatureRow row, float[] values) throws IOException;
  }

  private final Location file;
  private final PendingObject pending;
  private final CRC32C crc = new CRC32C();
  private final CountedOutputStream stream;
  private final RowWriter writer;
  private long records;

  /**
   * @param rows how many rows will be written
   * @param columns values per row
   */
  FeatureFile(ObjectStore store, Location file, FeatureFormat format, long rows, int columns)
      throws IOException {
    this.file = file;
    this.pending = store.create(file);
    this.stream = new CountedOutputStream(new CheckedOutputStream(pending.stream(), crc));
    this.writer =
        switch (format) {
          case NPY -> matrix(stream, rows, columns);
          case TFRECORD -> examples(stream);
        };
  }

  private static RowWriter matrix(OutputStream stream, long rows, int columns) throws IOException {
    NpyWriter matrix = NpyWriter.ofFloats(stream, rows, columns);
    // A record without features keeps its row, so that row numbers are the dataset's record
    // numbers.
    return (row, values) -> {
      matrix.write(values);
      return true;
    };
  }

  private static RowWriter examples(OutputStream stream) {
    TfRecordWriter records = new TfRecordWriter(stream);
    return (row, values) -> {
      if (row.isWritten()) {
        records.write(ExampleFeatures.encode(row, values));
      }
      return row.isWritten();
    };
  }

  void write(FeatureRow row, float[] values) throws IOException {
    records += writer.write(row, values) ? 1 : 0;
  }

  Shard commit() {
    pending.commit();
    return new Shard(file.name(), records, stream.count(), crc.getValue());
  }

  @Override
  public void close() {
    pending.close();
  }
}
