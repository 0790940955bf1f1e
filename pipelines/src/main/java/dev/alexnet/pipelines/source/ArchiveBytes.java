package dev.alexnet.pipelines.source;

import dev.alexnet.infra.reading.CheckedRange;
import dev.alexnet.infra.storage.ObjectStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Bytes of an archive on an object store in which no picture is looked for: its headers, and what
 * is left out. Only the whole archive has a checksum, so they are read too.
 *
 * @param range with {@link #UNREAD} as its checksum, or with that of the bytes that were read
 */
record ArchiveBytes(CheckedRange range) implements SourcePart {
  private static final long serialVersionUID = 1L;

  /** The checksum of bytes that were not read. */
  static final long UNREAD = 1L << 32;

  /**
   * What an archive holds besides some of its class archives.
   *
   * @param read all other bytes that were read, in ascending order, the last of the archive among
   *     them; empty if the archive is not on an object store
   */
  static List<SourcePart> besides(List<ClassTar> tars, List<CheckedRange> read) {
    List<CheckedRange> known = new ArrayList<>(read);
    for (ClassTar tar : tars) {
      known.add(
          new CheckedRange(tar.archive(), tar.generation(), tar.offset(), tar.length(), UNREAD));
    }
    known.sort(Comparator.comparingLong(CheckedRange::offset));
    List<SourcePart> parts = new ArrayList<>();
    read.forEach(range -> parts.add(new ArchiveBytes(range)));
    long end = 0;
    for (CheckedRange range : read.isEmpty() ? read : known) {
      if (range.offset() > end) {
        parts.add(
            new ArchiveBytes(
                new CheckedRange(
                    range.object(), range.generation(), end, range.offset() - end, UNREAD)));
      }
      end = range.end();
    }
    return parts;
  }

  /** Empty: it is not about pictures. */
  @Override
  public String identity(ObjectStore store, Files files) {
    return "";
  }

  @Override
  public void index(ObjectStore store, Listener listener) {
    listener.read(
        range.crc32c() == UNREAD
            ? CheckedRange.of(
                store, range.object(), range.generation(), range.offset(), range.length())
            : range);
  }
}
