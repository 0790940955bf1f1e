package dev.alexnet.pipelines.tar;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.SystemName;
import dev.alexnet.model.dataset.Rejection;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Lists the files in a tar archive (ustar, GNU, PAX) by seeking from header to header. Nothing is
 * unpacked.
 */
public final class TarDirectory {
  // The widest padding that tar writes: 2,048 blocks.
  private static final long LARGEST_PADDING = 2048L * TarHeaders.BLOCK;

  private final Location archive;
  private final long start;
  private final long length;

  /**
   * @param start the offset of the archive in the object, which may itself be an archive
   */
  public TarDirectory(Location archive, long start, long length) {
    this.archive = archive;
    this.start = start;
    this.length = length;
  }

  public static TarDirectory of(ObjectStore store, Location archive) {
    return new TarDirectory(archive, 0, store.size(archive));
  }

  /**
   * The plain files in order, without directories.
   *
   * @param rejected is told of links, devices and names that point out of the archive
   * @param ignored is told the names of files that an operating system put there for itself
   * @throws Failure of kind BAD_DATA if this is not a complete tar archive, INPUT_OUTPUT if it
   *     cannot be read
   */
  public List<TarMember> list(
      ObjectStore store, Consumer<Rejection> rejected, Consumer<String> ignored) {
    List<TarMember> members = new ArrayList<>();
    try (SeekableByteChannel channel = new ChannelSlice(store.open(archive), start, length)) {
      TarHeaders headers = new TarHeaders(channel, length);
      for (TarHeaders.Entry entry = headers.next(); entry != null; entry = headers.next()) {
        TarMember member =
            new TarMember(archive, entry.name(), start + entry.offset(), entry.size());
        if (member.name().isEmpty() && !entry.isDirectory()) {
          rejected.accept(rejection(member, "UNEXPECTED_NAME", "it has no name"));
        } else if (isOutside(entry.name())) {
          rejected.accept(rejection(member, "UNSAFE_NAME", "its name points out of the archive"));
        } else if (!entry.isDirectory() && !entry.isPlainFile()) {
          rejected.accept(
              rejection(
                  member,
                  "NOT_A_FILE",
                  entry.sparse()
                      ? "it is stored as a sparse file, in pieces; pack it without --sparse"
                      : "it is a link or a device"));
        } else if (isSystemFile(member)) {
          ignored.accept(member.path());
        } else if (!entry.isDirectory()) {
          members.add(member);
        }
      }
      checkEnd(channel, headers.position());
    } catch (TarHeaders.GzippedException e) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          place()
              + " is compressed with gzip, but pictures are read in place; decompress it with"
              + " gunzip"
              + (start == 0 ? "" : ", and rebuild the outer archive from uncompressed ones"),
          e);
    } catch (EOFException e) {
      throw broken("it stops at byte " + (start + length) + " " + e.getMessage());
    } catch (DamagedTarException e) {
      throw broken(start == 0 ? e.getMessage() : e.getMessage() + " (bytes of the inner archive)");
    } catch (IOException e) {
      throw Failure.inputOutput("read", archive, e);
    }
    return members;
  }

  /** Checks what follows, because tar readers stop at a block of zeros without an error. */
  private void checkEnd(SeekableByteChannel channel, long end) throws IOException {
    long rest = length - end;
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(rest, LARGEST_PADDING));
    channel.position(end);
    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
    if (rest > LARGEST_PADDING || !TarHeaders.isZero(bytes.array())) {
      throw broken(rest + " bytes follow the end-of-archive marker, at byte " + (start + end));
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

  private Rejection rejection(TarMember member, String reason, String message) {
    String name = member.path().isEmpty() ? "(no name)" : member.path();
    return new Rejection(name, archive.value(), member.offset(), reason, message);
  }

  private String place() {
    return start == 0 ? archive.value() : "The archive at byte " + start + " of " + archive;
  }

  private Failure broken(String reason) {
    return new Failure(
        Failure.Kind.BAD_DATA,
        place()
            + " is not a complete tar archive: "
            + reason
            + ". Compare its size and MD5 with the published ones and fetch it again.");
  }
}
