package dev.alexnet.pipelines.parquet;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;

/** The pages of a column in one row group, read one after the other. */
final class ColumnPages implements PageReader {
  private final InputStream stream;
  private final CompressionCodec codec;
  private final long values;
  private final long largest;
  private long compressedLeft;
  private long valuesLeft;

  /** A page that was read before it was its turn. */
  private PageHeader next;

  /**
   * @param channel of the file; used by nothing else until all pages are read
   */
  ColumnPages(SeekableByteChannel channel, ColumnMetaData chunk) throws IOException {
    long start = chunk.getData_page_offset();
    if (chunk.isSetDictionary_page_offset() && chunk.getDictionary_page_offset() > 0) {
      start = Math.min(start, chunk.getDictionary_page_offset());
    }
    this.compressedLeft = chunk.getTotal_compressed_size();
    this.largest = chunk.getTotal_uncompressed_size();
    if (start < 0 || compressedLeft < 0 || start + compressedLeft > channel.size()) {
      throw new EOFException("a column would end after the file");
    }
    channel.position(start);
    this.stream = new BufferedInputStream(Channels.newInputStream(channel));
    this.codec = chunk.getCodec();
    this.values = chunk.getNum_values();
    this.valuesLeft = values;
  }

  @Override
  public long getTotalValueCount() {
    return values;
  }

  private PageHeader header() throws IOException {
    PageHeader header = next == null ? Util.readPageHeader(stream) : next;
    next = null;
    return header;
  }

  @Override
  public DictionaryPage readDictionaryPage() {
    try {
      PageHeader header = header();
      if (!header.isSetDictionary_page_header()) {
        next = header;
        return null;
      }
      return new DictionaryPage(
          BytesInput.from(decompressed(header, 0, true)),
          header.getDictionary_page_header().getNum_values(),
          encoding(header.getDictionary_page_header().getEncoding()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public DataPage readPage() {
    try {
      while (valuesLeft > 0) {
        PageHeader header = header();
        if (header.isSetData_page_header()) {
          valuesLeft -= header.getData_page_header().getNum_values();
          return first(header);
        }
        if (header.isSetData_page_header_v2()) {
          valuesLeft -= header.getData_page_header_v2().getNum_values();
          return second(header);
        }
        read(header);
      }
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private DataPage first(PageHeader header) throws IOException {
    DataPageHeader page = header.getData_page_header();
    byte[] content = decompressed(header, 0, true);
    return new DataPageV1(
        BytesInput.from(content),
        page.getNum_values(),
        content.length,
        null,
        encoding(page.getRepetition_level_encoding()),
        encoding(page.getDefinition_level_encoding()),
        encoding(page.getEncoding()));
  }

  /** Its levels are before the compressed part. */
  private DataPage second(PageHeader header) throws IOException {
    DataPageHeaderV2 page = header.getData_page_header_v2();
    int repetition = page.getRepetition_levels_byte_length();
    int definition = page.getDefinition_levels_byte_length();
    if (repetition < 0 || definition < 0) {
      throw new IOException("a page has levels of negative length");
    }
    boolean compressed = !page.isSetIs_compressed() || page.isIs_compressed();
    byte[] content = decompressed(header, repetition + definition, compressed);
    return DataPageV2.uncompressed(
        page.getNum_rows(),
        page.getNum_nulls(),
        page.getNum_values(),
        BytesInput.from(content, 0, repetition),
        BytesInput.from(content, repetition, definition),
        encoding(page.getEncoding()),
        BytesInput.from(content, repetition + definition, content.length - repetition - definition),
        null);
  }

  private byte[] read(PageHeader header) throws IOException {
    int length = header.getCompressed_page_size();
    if (length < 0 || length > compressedLeft) {
      throw new IOException("a page of %d bytes would end after its column".formatted(length));
    }
    compressedLeft -= length;
    byte[] bytes = stream.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("it ends too early");
    }
    if (header.isSetCrc()) {
      CRC32 crc = new CRC32();
      crc.update(bytes);
      if ((int) crc.getValue() != header.getCrc()) {
        throw new IOException("a page does not have its checksum");
      }
    }
    return bytes;
  }

  /**
   * @param plain how many bytes before the compressed ones are not compressed
   */
  private byte[] decompressed(PageHeader header, int plain, boolean compressed) throws IOException {
    byte[] bytes = read(header);
    int length = header.getUncompressed_page_size();
    // A length that is damaged must not exhaust the memory.
    if (length < plain || length > largest || bytes.length < plain) {
      throw new IOException(
          "a page would have %d bytes of its column's %d".formatted(length, largest));
    }
    if (!compressed || codec == CompressionCodec.UNCOMPRESSED || length == plain) {
      if (bytes.length < length) {
        throw new IOException("a page has %d bytes instead of %d".formatted(bytes.length, length));
      }
      return bytes;
    }
    byte[] content = PageCodec.decompress(codec, bytes, plain, length - plain);
    if (plain == 0) {
      return content;
    }
    byte[] whole = Arrays.copyOf(bytes, length);
    System.arraycopy(content, 0, whole, plain, content.length);
    return whole;
  }

  private static Encoding encoding(org.apache.parquet.format.Encoding encoding) {
    return Encoding.valueOf(encoding.name());
  }
}
