package dev.alexnet.pipelines.parquet;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.ObjectStore;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReaderImpl;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;

/** The values of one column, one for each row; holds one page of them at a time. */
final class ColumnValues implements AutoCloseable {
  private final LeafColumn leaf;
  private final SeekableByteChannel channel;
  private ColumnReader reader;
  private boolean first;

  /**
   * @throws Failure of kind BAD_DATA if the column is compressed in a way that is not supported
   */
  ColumnValues(ObjectStore store, ParquetFooter footer, LeafColumn leaf) {
    for (RowGroup group : footer.rowGroups()) {
      CompressionCodec codec = group.getColumns().get(leaf.index()).getMeta_data().getCodec();
      if (!PageCodec.supports(codec)) {
        throw new Failure(
            Failure.Kind.BAD_DATA,
            "%s is compressed with %s, which is not supported. Write it again with snappy or zstd"
                .formatted(footer.file(), codec));
      }
    }
    this.leaf = leaf;
    this.channel = store.open(footer.file());
  }

  /** Goes on with a row group. */
  void enter(RowGroup group) throws IOException {
    ColumnMetaData chunk = group.getColumns().get(leaf.index()).getMeta_data();
    if (chunk.getNum_values() != group.getNum_rows()) {
      throw new IOException(
          "the column %s has %d values in %d rows"
              .formatted(leaf.name(), chunk.getNum_values(), group.getNum_rows()));
    }
    reader =
        new ColumnReaderImpl(
            leaf.descriptor(), new ColumnPages(channel, chunk), new PrimitiveConverter() {}, null);
    first = true;
  }

  /** Goes on to the next row; also called before the first. */
  void advance() {
    if (!first) {
      // A value that nobody asked for would be taken for the next one.
      if (!isNull()) {
        reader.skip();
      }
      reader.consume();
    }
    first = false;
  }

  boolean isNull() {
    return reader.getCurrentDefinitionLevel() < leaf.definition();
  }

  /** Valid until the next row; null if the value is. */
  Binary bytes() {
    return isNull() ? null : reader.getBinary();
  }

  /** A whole number; null if the value is. */
  Long number() {
    if (isNull()) {
      return null;
    }
    return leaf.type() == org.apache.parquet.format.Type.INT64
        ? reader.getLong()
        : (long) reader.getInteger();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
