package dev.alexnet.infra.storage.gcs;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Reads a part of a file without moving its channel's position. */
final class FileSectionStream extends InputStream {
  private final FileChannel file;
  private final long end;
  private long position;

  FileSectionStream(FileChannel file, long from, long end) {
    this.file = file;
    this.position = from;
    this.end = end;
  }

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (position >= end) {
      return -1;
    }
    try {
      int most = (int) Math.min(length, end - position);
      int count = file.read(ByteBuffer.wrap(target, offset, most), position);
      if (count < 0) {
        throw new EOFException("it became shorter than " + end + " bytes while it was read");
      }
      position += count;
      return count;
    } catch (IOException e) {
      throw new SourceException(e);
    }
  }
}
