package dev.alexnet.pipelines.tar;

import dev.alexnet.infra.hash.Crc32c;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.SystemName;
import dev.alexnet.model.dataset.Rejection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What one pass over an archive finds. */
final class TarPass {
  // The widest padding that tar writes: 2,048 blocks.
  private static final long LARGEST_PADDING = 2048L * TarHeaders.BLOCK;

  // Labels are a few bytes; whatever is longer is none.
  private static final int LARGEST_CONTENT = 4096;

  private final Location archive;
  private final long generation;
  private final long start;
  private final List<TarMember> members = new ArrayList<>();
  private final List<Rejection> rejections = new ArrayList<>();
  private final List<String> ignored = new ArrayList<>();
  private final Map<Long, byte[]> contents = new HashMap<>();
  private final Predicate<String> wanted;

  /**
   * @param generation of an archive on an object store; otherwise 0
   * @param start the offset of the archive in the object
   * @param wanted the names of small members whose content to read
   */
  TarPass(Location archive, long generation, long start, Predicate<String> wanted) {
    this.archive = archive;
    this.generation = generation;
    this.start = start;
    this.wanted = wanted;
  }

  /** Only until some members are found, without a look at the end. */
  void upTo(int count, TarBytes bytes, long length) throws IOException {
    TarHeaders headers = new TarHeaders(bytes, length);
    TarHeaders.Entry entry = headers.next();
    while (entry != null && members.size() < count) {
      add(
          entry,
          new TarMember(
              archive, entry.name(), start + entry.offset(), entry.size(), generation, 0));
      entry = members.size() < count ? headers.next() : null;
    }
  }

  /**
   * @param length of the archive
   */
  void over(TarBytes bytes, long length) throws IOException {
    TarHeaders headers = new TarHeaders(bytes, length);
    for (TarHeaders.Entry entry = headers.next(); entry != null; entry = headers.next()) {
      long crc =
          isWanted(entry) ? content(bytes, entry) : bytes.crc32c(entry.offset(), entry.size());
      add(
          entry,
          new TarMember(
              archive, entry.name(), start + entry.offset(), entry.size(), generation, crc));
    }
    checkEnd(bytes, headers.position(), length);
  }

  private boolean isWanted(TarHeaders.Entry entry) {
    return entry.isPlainFile() && entry.size() <= LARGEST_CONTENT && wanted.test(entry.name());
  }

  private long content(TarBytes bytes, TarHeaders.Entry entry) throws IOException {
    byte[] content = new byte[(int) entry.size()];
    bytes.read(entry.offset(), content);
    contents.put(start + entry.offset(), content);
    return generation == 0 ? 0 : Crc32c.of(content);
  }

  Map<Long, byte[]> contents() {
    return contents;
  }

  List<TarMember> members() {
    return members;
  }

  List<Rejection> rejections() {
    return rejections;
  }

  List<String> ignored() {
    return ignored;
  }

  private void add(TarHeaders.Entry entry, TarMember member) {
    if (member.name().isEmpty() && !entry.isDirectory()) {
      reject(member, "UNEXPECTED_NAME", "it has no name");
    } else if (isOutside(entry.name())) {
      reject(member, "UNSAFE_NAME", "its name points out of the archive");
    } else if (!entry.isDirectory() && !entry.isPlainFile()) {
      reject(
          member,
          "NOT_A_FILE",
          entry.sparse()
              ? "it is stored as a sparse file, in pieces; pack it without --sparse"
              : "it is a link or a device");
    } else if (isSystemFile(member)) {
      ignored.add(member.path());
    } else if (!entry.isDirectory()) {
      members.add(member);
    }
  }

  /** Checks what follows, because tar readers stop at a block of zeros without an error. */
  private void checkEnd(TarBytes bytes, long end, long length) throws IOException {
    long rest = length - end;
    boolean padding = rest <= LARGEST_PADDING;
    if (padding) {
      byte[] zeros = new byte[(int) rest - TarHeaders.BLOCK];
      bytes.read(end + TarHeaders.BLOCK, zeros);
      padding = TarHeaders.isZero(zeros);
    }
    if (!padding) {
      throw new TrailingBytesException(
          rest + " bytes follow the end-of-archive marker, at byte " + (start + end));
    }
  }

  /** The archive is sound, but something follows it. */
  static final class TrailingBytesException extends IOException {
    private static final long serialVersionUID = 1L;

    TrailingBytesException(String message) {
      super(message);
    }
  }

  /** Decides by its name or the name of a folder that it is in; {@code .} is the archive itself. */
  private static boolean isSystemFile(TarMember member) {
    return SystemName.isOne(member.name())
        || List.of(member.path().split("/")).stream()
            .anyMatch(part -> !part.equals(".") && SystemName.isOne(part));
  }

  private static boolean isOutside(String path) {
    return path.startsWith("/") || List.of(path.split("/")).contains("..");
  }

  private void reject(TarMember member, String reason, String message) {
    String name = member.path().isEmpty() ? "(no name)" : member.path();
    rejections.add(new Rejection(name, archive.value(), member.offset(), reason, message));
  }
}
