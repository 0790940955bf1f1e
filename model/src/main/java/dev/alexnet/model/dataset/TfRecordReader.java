package dev.alexnet.model.dataset;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads the records of one TFRecord file in order, checks both checksums of each, and reports
 * damage with file and offset. Closes its stream.
 */
public final class TfRecordReader implements Closeable {
  /** Longer records are refused before anything is allocated. */
  static final int LARGEST_RECORD = 256 << 20;

  private static final int BUFFER = 1 << 16;

  private final String name;
  private final Source source;
  private InputStream stream;
  private long offset;
  private long recordOffset;

  /**
   * @param name what to call the file in an error
   */
  public TfRecordReader(InputStream stream, String name) {
    this(requireNonNull(stream, "stream is null"), name, null);
  }

  private TfRecordReader(InputStream stream, String name, Source source) {
    this.stream = new BufferedInputStream(stream, BUFFER);
    this.name = requireNonNull(name, "name is null");
    this.source = source;
  }

  /** A file that can be read again from any offset, because its transfer may be damaged. */
  interface Source {
    InputStream from(long offset);
  }

  /**
   * A reader that reads a record once more if its checksum does not match.
   *
   * @param name what to call the file in an error
   */
  static TfRecordReader rereading(Source source, String name) {
    return new TfRecordReader(source.from(0), name, source);
  }

  /**
   * @return the next record's data, or null at the end of the file
   * @throws Failure of kind BAD_DATA if the file is truncated or a checksum does not match;
   *     INPUT_OUTPUT if it cannot be read
   */
  public byte[] next() {
    recordOffset = offset;
    try {
      return record();
    } catch (Failure e) {
      if (source == null || e.kind() != Failure.Kind.BAD_DATA) {
        throw e;
      }
    }
    reopen();
    return record();
  }

  private void reopen() {
    try {
      close();
    } catch (IOException e) {
      throw Failure.inputOutput("read", where(), e);
    }
    stream = new BufferedInputStream(source.from(recordOffset), BUFFER);
    offset = recordOffset;
  }

  private byte[] record() {
    byte[] header = read(12, true);
    if (header == null) {
      return null;
    }
    ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    long length = fields.getLong();
    if (fields.getInt() != MaskedCrc.of(header, 0, 8)) {
      throw corrupt("the checksum of the length does not match");
    }
    if (length < 0 || length > LARGEST_RECORD) {
      throw corrupt("its length is " + length + " bytes; the limit is " + LARGEST_RECORD);
    }
    byte[] data = read((int) length, false);
    byte[] footer = read(4, false);
    int expected = ByteBuffer.wrap(footer).order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (expected != MaskedCrc.of(data, 0, data.length)) {
      throw corrupt("the checksum of the data does not match");
    }
    return data;
  }

  /** File and offset of the record that {@link #next} returned last, for messages. */
  public String where() {
    return name + " at byte " + recordOffset;
  }

  private byte[] read(int length, boolean endAllowed) {
    byte[] bytes;
    try {
      bytes = stream.readNBytes(length);
    } catch (IOException e) {
      throw Failure.inputOutput("read", where(), e);
    }
    if (bytes.length == 0 && length > 0 && endAllowed) {
      return null;
    }
    if (bytes.length < length) {
      throw corrupt("the file ends " + (length - bytes.length) + " bytes too early");
    }
    offset += length;
    return bytes;
  }

  private Failure corrupt(String reason) {
    return new Failure(
        Failure.Kind.BAD_DATA,
        "The record of " + where() + " is corrupt: " + reason + ". Write the shard again.");
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
