package dev.alexnet.pipelines.parquet;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.io.api.Binary;

/** Reads the rows of a Parquet file in order, and of each only the columns that are needed. */
final class PictureRows {
  private final ObjectStore store;
  private final ParquetFooter footer;
  private final PictureColumns columns;

  PictureRows(ObjectStore store, ParquetFooter footer, PictureColumns columns) {
    this.store = store;
    this.footer = footer;
    this.columns = columns;
  }

  /** Is told of each row. */
  @FunctionalInterface
  interface Listener {
    /**
     * @param row its number, from 0
     * @param bytes of the picture, valid during the call; null if it has none, or they are not read
     * @param path null if it has none
     * @param label null if it has none
     * @return whether to go on
     */
    boolean row(long row, Binary bytes, String path, Long label) throws IOException;
  }

  /**
   * Reads all rows.
   *
   * @throws Failure of kind BAD_DATA if the file is damaged
   */
  void read(Listener listener) throws IOException {
    read(columns.bytes(), listener);
  }

  /** Reads all rows without the pictures, which is quick. */
  void readWithoutPictures(Listener listener) throws IOException {
    read(null, listener);
  }

  private void read(LeafColumn pictures, Listener listener) throws IOException {
    try (Column bytes = column(pictures);
        Column path = column(columns.path());
        Column label = column(columns.label())) {
      long row = 0;
      for (RowGroup group : footer.rowGroups()) {
        bytes.enter(group);
        path.enter(group);
        label.enter(group);
        for (long end = row + group.getNum_rows(); row < end; row++) {
          Row read = next(row, bytes, path, label);
          if (!listener.row(row, read.bytes, read.path, read.label)) {
            return;
          }
        }
      }
      if (row != footer.rows()) {
        throw ParquetFooter.damaged(
            footer.file(), "it has %d rows instead of %d".formatted(row, footer.rows()), null);
      }
    }
  }

  private record Row(Binary bytes, String path, Long label) {}

  private Row next(long row, Column bytes, Column path, Column label) {
    return decoded(
        row,
        () -> {
          bytes.advance();
          path.advance();
          label.advance();
          Binary name = path.values == null ? null : path.values.bytes();
          return new Row(
              bytes.values == null ? null : bytes.values.bytes(),
              name == null ? null : name.toStringUsingUTF8(),
              label.values == null ? null : label.values.number());
        });
  }

  @FunctionalInterface
  private interface Decoding<T> {
    T decode() throws IOException;
  }

  /** Damage shows as an exception of any kind in the library. */
  private <T> T decoded(long row, Decoding<T> decoding) {
    try {
      return decoding.decode();
    } catch (UncheckedIOException e) {
      throw damaged(row, e.getCause());
    } catch (Failure e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw damaged(row, e);
    }
  }

  private Failure damaged(long row, Exception cause) {
    return ParquetFooter.damaged(
        footer.file(), "row %d: %s".formatted(row, cause.getMessage()), cause);
  }

  private Column column(LeafColumn leaf) {
    return new Column(leaf == null ? null : new ColumnValues(store, footer, leaf));
  }

  /** A column, or nothing in place of one that is not read. */
  private static final class Column implements AutoCloseable {
    private final ColumnValues values;
    private RowGroup group;

    Column(ColumnValues values) {
      this.values = values;
    }

    void enter(RowGroup next) {
      group = next;
    }

    /** Its first page is read with the first row, so that damage there is told in the same way. */
    void advance() throws IOException {
      if (values != null) {
        if (group != null) {
          values.enter(group);
          group = null;
        }
        values.advance();
      }
    }

    @Override
    public void close() throws IOException {
      if (values != null) {
        values.close();
      }
    }
  }
}
