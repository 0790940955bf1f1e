package dev.alexnet.pipelines.source;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Rejection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarFile;

/**
 * Lists the files in a tar archive (ustar, GNU, PAX) by seeking from header to header. Nothing is
 * unpacked.
 */
final class TarDirectory {
  private static final int BLOCK = TarConstants.DEFAULT_RCDSIZE;

  // The widest padding that tar writes: 2,048 blocks.
  private static final long LARGEST_PADDING = 2048L * BLOCK;

  private final Location archive;
  private final long start;
  private final long length;

  /**
   * @param start where the archive's bytes start in the object, which may be an archive itself
   */
  TarDirectory(Location archive, long start, long length) {
    this.archive = archive;
    this.start = start;
    this.length = length;
  }

  static TarDirectory of(ObjectStore store, Location archive) {
    return new TarDirectory(archive, 0, store.size(archive));
  }

  /**
   * The plain files, in their order. Directories and hidden files are left out.
   *
   * @param rejections hears of links, devices and names that point out of the archive
   * @throws Failure of kind BAD_DATA where this is no tar archive, or not a whole one
   */
  List<TarMember> list(ObjectStore store, Consumer<Rejection> rejections) {
    List<TarMember> members = new ArrayList<>();
    long end = 0;
    for (TarArchiveEntry entry : entries(store)) {
      if (!entry.isCheckSumOK()) {
        throw broken("the header before byte " + (start + entry.getDataOffset()) + " is damaged");
      }
      end = entry.getDataOffset() + (entry.getSize() + BLOCK - 1) / BLOCK * BLOCK;
      TarMember member =
          new TarMember(archive, entry.getName(), start + entry.getDataOffset(), entry.getSize());
      if (isOutside(entry.getName())) {
        rejections.accept(rejection(member, "UNSAFE_NAME", "its name points out of the archive"));
      } else if (isSpecial(entry)) {
        rejections.accept(
            rejection(
                member,
                "NOT_A_FILE",
                entry.isSparse()
                    ? "it is stored as a sparse file, in pieces; pack it without --sparse"
                    : "it is a link or a device"));
      } else if (!entry.isDirectory() && !PictureName.isHidden(member.name())) {
        members.add(member);
      }
    }
    checkEnd(store, end);
    return members;
  }

  private List<TarArchiveEntry> entries(ObjectStore store) {
    try (TarFile tar =
        new TarFile(
            new ChannelSlice(store.open(archive), start, length),
            TarConstants.DEFAULT_BLKSIZE,
            BLOCK,
            "UTF-8",
            false)) {
      return List.copyOf(tar.getEntries());
    } catch (IOException | IllegalArgumentException e) {
      throw broken(e.getMessage());
    }
  }

  /** A reader of tar stops, content, at a block of zeros and at the end of the file. */
  private void checkEnd(ObjectStore store, long end) {
    long rest = length - end;
    if (rest < BLOCK) {
      throw broken("it stops at byte " + (start + length) + " without the mark of its end");
    }
    if (rest > LARGEST_PADDING || !isZero(store, end, (int) rest)) {
      throw broken(rest + " bytes follow the mark of its end, at byte " + (start + end));
    }
  }

  private boolean isZero(ObjectStore store, long from, int count) {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    try (SeekableByteChannel channel = store.open(archive)) {
      channel.position(start + from);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
    } catch (IOException e) {
      throw broken(e.getMessage());
    }
    for (byte value : bytes.array()) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOutside(String path) {
    return path.startsWith("/") || List.of(path.split("/")).contains("..");
  }

  private static boolean isSpecial(TarArchiveEntry entry) {
    return entry.isSymbolicLink()
        || entry.isLink()
        || entry.isCharacterDevice()
        || entry.isBlockDevice()
        || entry.isFIFO()
        || entry.isSparse();
  }

  private Rejection rejection(TarMember member, String reason, String message) {
    String name = member.path().isEmpty() ? "(no name)" : member.path();
    return new Rejection(name, archive.value(), member.offset(), reason, message);
  }

  private Failure broken(String reason) {
    String place = start == 0 ? archive.value() : "The archive at byte " + start + " of " + archive;
    return new Failure(
        Failure.Kind.BAD_DATA,
        place
            + " is no whole tar archive: "
            + reason
            + ". Compare its size and MD5 with the published ones and fetch it again.");
  }
}
