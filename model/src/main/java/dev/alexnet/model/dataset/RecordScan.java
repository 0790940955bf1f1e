package dev.alexnet.model.dataset;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Reads every readable record of a TFRecord file, however damaged the file is: if the length of a
 * record is damaged, the next record is found by the checksum of its length.
 */
final class RecordScan {
  private static final int HEADER = 12;
  private static final int FOOTER = 4;
  private static final int WINDOW = 1 << 20;

  /** Receives records and damage in the order of the file. */
  interface Visitor {
    void record(long offset, byte[] data);

    /** Reports damage of the record at the offset. */
    void damage(long offset, String problem);
  }

  private final SeekableByteChannel channel;
  private final Visitor visitor;
  private final long size;
  private final CRC32C crc = new CRC32C();
  private byte[] window = {};
  private long windowStart;

  RecordScan(SeekableByteChannel channel, Visitor visitor) throws IOException {
    this.channel = requireNonNull(channel, "channel is null");
    this.visitor = requireNonNull(visitor, "visitor is null");
    this.size = channel.size();
  }

  /**
   * Reads the file to its end.
   *
   * @return the CRC-32C of all intact records with their framing, which is the file's if nothing is
   *     damaged
   */
  long run() throws IOException {
    long offset = 0;
    while (offset < size) {
      offset = next(offset);
    }
    return crc.getValue();
  }

  /** Reads one record, and returns the offset of the next. */
  private long next(long offset) throws IOException {
    if (size - offset < HEADER + FOOTER) {
      visitor.damage(
          offset, "the file ends %d bytes after the record's start".formatted(size - offset));
      return size;
    }
    byte[] header = read(offset, HEADER);
    long length = lengthIn(header, 0);
    long end = offset + HEADER + length + FOOTER;
    boolean lengthSound = isHeader(header, 0);
    boolean lengthFits =
        length >= 0 && length <= TfRecordReader.LARGEST_RECORD && end <= size && end > offset;
    if (!lengthFits) {
      String problem =
          lengthSound
              ? "its length is %,d bytes, but the file ends %,d bytes after its start"
                  .formatted(length, size - offset)
              : "the checksum of the length does not match";
      return resume(offset, problem);
    }
    byte[] data = read(offset + HEADER, (int) length);
    byte[] footer = read(offset + HEADER + length, FOOTER);
    boolean dataSound = intIn(footer, 0) == MaskedCrc.of(data, 0, data.length);
    if (lengthSound && dataSound) {
      crc.update(header);
      crc.update(data);
      crc.update(footer);
      visitor.record(offset, data);
      return end;
    }
    if (!lengthSound && !dataSound) {
      return resume(offset, "the checksum of the length does not match");
    }
    visitor.damage(
        offset,
        lengthSound
            ? "the checksum of the data does not match"
            : "the checksum of the length does not match; the data are intact");
    return end;
  }

  private long resume(long offset, String problem) throws IOException {
    long next = find(offset + 1);
    visitor.damage(
        offset,
        problem
            + (next < size
                ? "; the next record starts at byte " + next
                : "; no record starts after it"));
    return next;
  }

  /**
   * The offset of the next header with a matching checksum; the end of the file if there is none.
   */
  private long find(long from) throws IOException {
    for (long start = from; start + HEADER + FOOTER <= size; start += WINDOW) {
      byte[] block = read(start, (int) Math.min(WINDOW + HEADER - 1L, size - start));
      for (int i = 0; i + HEADER <= block.length; i++) {
        long length = lengthIn(block, i);
        boolean fits =
            length >= 0 && length <= TfRecordReader.LARGEST_RECORD && start + i + length <= size;
        if (fits && isHeader(block, i)) {
          return start + i;
        }
      }
    }
    return size;
  }

  private static boolean isHeader(byte[] bytes, int at) {
    return intIn(bytes, at + Long.BYTES) == MaskedCrc.of(bytes, at, Long.BYTES);
  }

  private static long lengthIn(byte[] bytes, int at) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(at);
  }

  private static int intIn(byte[] bytes, int at) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
  }

  private byte[] read(long offset, int length) throws IOException {
    if (offset < windowStart || offset + length > windowStart + window.length) {
      fill(offset, (int) Math.min(Math.max(WINDOW, length), size - offset));
    }
    int from = (int) (offset - windowStart);
    return Arrays.copyOfRange(window, from, from + length);
  }

  private void fill(long offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    channel.position(offset);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new IOException("the file became shorter while it was read");
      }
    }
    window = buffer.array();
    windowStart = offset;
  }
}
