package dev.alexnet.pipelines.parquet;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/**
 * What the end of a Parquet file tells: its columns and where their values are.
 *
 * @param file for messages
 * @param metadata as the file has it
 * @param leaves the columns of values
 */
record ParquetFooter(Location file, FileMetaData metadata, List<LeafColumn> leaves) {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ENCRYPTED = "PARE".getBytes(StandardCharsets.US_ASCII);

  // The length of the metadata, and the magic number after it.
  private static final int TAIL = 8;

  ParquetFooter {
    leaves = List.copyOf(leaves);
  }

  /**
   * @throws Failure of kind BAD_DATA if it is not a complete Parquet file
   */
  static ParquetFooter read(ObjectStore store, Location file) {
    try (SeekableByteChannel channel = store.open(file)) {
      long size = channel.size();
      if (size < MAGIC.length + TAIL) {
        throw damaged(file, "it has only %d bytes".formatted(size), null);
      }
      ByteBuffer tail = bytes(channel, size - TAIL, TAIL);
      int length = tail.getInt();
      byte[] magic = new byte[MAGIC.length];
      tail.get(magic);
      if (Arrays.equals(magic, ENCRYPTED)) {
        throw new Failure(
            Failure.Kind.BAD_DATA, file + " is encrypted. Write it again without encryption");
      }
      if (!Arrays.equals(magic, MAGIC)) {
        throw damaged(file, "it does not end with PAR1", null);
      }
      if (length <= 0 || length > size - MAGIC.length - TAIL) {
        throw damaged(file, "its footer would have %d bytes".formatted(length), null);
      }
      byte[] footer = bytes(channel, size - TAIL - length, length).array();
      FileMetaData metadata = Util.readFileMetaData(new ByteArrayInputStream(footer));
      List<LeafColumn> leaves = LeafColumn.of(metadata.getSchema());
      for (RowGroup group : metadata.getRow_groups()) {
        if (group.getColumnsSize() != leaves.size()
            || !group.getColumns().stream().allMatch(ColumnChunk::isSetMeta_data)) {
          throw damaged(file, "a row group does not have the columns of its schema", null);
        }
      }
      return new ParquetFooter(file, metadata, leaves);
    } catch (Failure e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw damaged(file, "its footer cannot be read: " + e.getMessage(), e);
    }
  }

  static Failure damaged(Location file, String how, Exception cause) {
    return new Failure(
        Failure.Kind.BAD_DATA,
        "%s is not a complete Parquet file: %s. Compare its size and SHA-256 with the published ones and fetch it again"
            .formatted(file, how),
        cause);
  }

  private static ByteBuffer bytes(SeekableByteChannel channel, long position, int length)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    channel.position(position);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw new EOFException("it ends too early");
      }
    }
    return bytes.flip();
  }

  /** The value of a key in the file's own metadata. */
  Optional<String> value(String key) {
    return Optional.ofNullable(metadata.getKey_value_metadata()).stream()
        .flatMap(List::stream)
        .filter(pair -> pair.getKey().equals(key) && pair.getValue() != null)
        .map(pair -> pair.getValue())
        .findFirst();
  }

  long rows() {
    return metadata.getNum_rows();
  }

  List<RowGroup> rowGroups() {
    return metadata.getRow_groups();
  }

  /** The bytes of all values of a column, decompressed. */
  long bytesOf(LeafColumn leaf) {
    return rowGroups().stream()
        .mapToLong(
            group ->
                group.getColumns().get(leaf.index()).getMeta_data().getTotal_uncompressed_size())
        .sum();
  }
}
