package dev.alexnet.infra.reading;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.LongStream;

/**
 * A range of one generation of an object, from its start to its end. It is read in blocks, of which
 * {@value #BLOCKS} are in flight or wait, so that neither latency nor the rate of one connection
 * limits it. A range has no checksum: what reads it must check the bytes.
 */
public final class RangeStream extends InputStream {
  /** Read by one request. */
  static final int BLOCK = 1 << 20;

  /** 16 MiB for each stream; at 40 ms a request, 400 MiB a second. */
  static final int BLOCKS = 16;

  private final ReadAhead<Long, byte[]> blocks;
  private byte[] block = {};
  private int position;

  /**
   * @param generation of the object
   * @param offset of the first byte
   * @param length how many bytes, all within the object
   */
  public RangeStream(
      ObjectStore store, Location object, long generation, long offset, long length) {
    long end = offset + length;
    this.blocks =
        new ReadAhead<>(
            LongStream.range(0, (length + BLOCK - 1) / BLOCK)
                .map(index -> offset + index * BLOCK)
                .boxed()
                .iterator(),
            start -> Math.min(BLOCK, end - start),
            start -> store.readRange(object, generation, start, (int) Math.min(BLOCK, end - start)),
            new ReadAhead.Limit(BLOCKS, (long) BLOCKS * BLOCK));
  }

  @Override
  public int read() {
    return isAtEnd() ? -1 : block[position++] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (isAtEnd()) {
      return -1;
    }
    int count = Math.min(length, block.length - position);
    System.arraycopy(block, position, target, offset, count);
    position += count;
    return count;
  }

  private boolean isAtEnd() {
    while (position == block.length && blocks.hasNext()) {
      block = blocks.next();
      position = 0;
    }
    return position == block.length;
  }

  @Override
  public void close() {
    blocks.close();
  }
}
