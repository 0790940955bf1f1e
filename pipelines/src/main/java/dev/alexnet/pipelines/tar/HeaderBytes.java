package dev.alexnet.pipelines.tar;

import dev.alexnet.infra.hash.Crc32c;
import dev.alexnet.infra.reading.CheckedRange;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.io.EOFException;
import java.util.ArrayList;
import java.util.List;

/**
 * An archive on an object store, of which only the headers are read: each with what follows it in
 * one request, because small files' headers are near each other.
 */
final class HeaderBytes implements TarBytes {
  private static final int BLOCK = 1 << 16;

  private final ObjectStore store;
  private final Location archive;
  private final long generation;
  private final long length;
  private final List<CheckedRange> read = new ArrayList<>();
  private byte[] block = {};
  private long start;

  HeaderBytes(ObjectStore store, Location archive, long generation, long length) {
    this.store = store;
    this.archive = archive;
    this.generation = generation;
    this.length = length;
  }

  @Override
  public void read(long from, byte[] target) throws EOFException {
    if (from < start || from + target.length > start + block.length) {
      long count = Math.min(Math.max(BLOCK, target.length), length - from);
      if (count < target.length) {
        throw new EOFException("without an end-of-archive marker");
      }
      block = store.readRange(archive, generation, from, (int) count);
      start = from;
    }
    System.arraycopy(block, (int) (from - start), target, 0, target.length);
    remember(new CheckedRange(archive, generation, from, target.length, Crc32c.of(target)));
  }

  /** Joins it to the last range if it follows that. */
  private void remember(CheckedRange range) {
    CheckedRange last = read.isEmpty() ? null : read.get(read.size() - 1);
    if (last != null && last.end() == range.offset()) {
      read.set(read.size() - 1, last.followedBy(range));
    } else {
      read.add(range);
    }
  }

  @Override
  public long crc32c(long from, long length) {
    return 0;
  }

  /** What was read of it, in ascending order. */
  List<CheckedRange> ranges() {
    return List.copyOf(read);
  }
}
