package dev.alexnet.model.dataset;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Writes records with TensorFlow's framing: length (int64, little endian), its masked CRC-32C, the
 * data, their masked CRC-32C. Counts what it writes. Does not close the stream.
 */
public final class TfRecordWriter {
  private final OutputStream stream;
  private final CRC32C crc = new CRC32C();
  private long records;
  private long bytes;

  public TfRecordWriter(OutputStream stream) {
    this.stream = requireNonNull(stream, "stream is null");
  }

  public void write(byte[] data) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    header.putLong(data.length).putInt(MaskedCrc.of(header.array(), 0, 8));
    ByteBuffer footer = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    footer.putInt(MaskedCrc.of(data, 0, data.length));
    append(header.array());
    append(data);
    append(footer.array());
    records++;
  }

  private void append(byte[] part) throws IOException {
    stream.write(part);
    crc.update(part);
    bytes += part.length;
  }

  /** What was written so far, as the manifest describes it. */
  public Shard shard(String name) {
    return new Shard(name, records, bytes, crc.getValue());
  }
}
