package dev.alexnet.pipelines.source;

import dev.alexnet.infra.reading.CheckedRange;
import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.pipelines.tar.TarMember;
import java.io.Serializable;

/**
 * The location and the class of a picture: all that a pipeline passes on until the picture is read.
 *
 * @param archive the archive, or the picture's own file
 * @param offset the offset of its first byte there
 * @param length its length in bytes
 * @param id its id within the source, independent of the archive's name: its file name
 * @param wnid its class; empty if it is not known
 * @param generation of an archive on an object store; 0 for a local one
 * @param crc32c of its bytes on an object store; 0 for a local file, of which it is not known
 */
public record PictureReference(
    Location archive,
    long offset,
    long length,
    String id,
    String wnid,
    long generation,
    long crc32c)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  public PictureReference {
    new Problems("picture reference " + id)
        .require(archive != null, "archive is missing")
        .require(offset >= 0, "offset is %s; it must be at least 0", offset)
        .require(length >= 0, "length is %s; it must be at least 0", length)
        .require(id != null && !id.isEmpty(), "id is empty")
        .require(wnid != null, "wnid is missing")
        .require(
            archive == null || archive.isCloud() == (generation != 0),
            "generation is %s; only an object on a store has one",
            generation)
        .throwIfAny();
  }

  /** A picture in a local file. */
  public PictureReference(Location archive, long offset, long length, String id, String wnid) {
    this(archive, offset, length, id, wnid, 0, 0);
  }

  /** Whether it is not a file of its own: what an archive holds follows a header. */
  public boolean isInArchive() {
    return offset > 0;
  }

  /** A copy that does not depend on the archive's directory, nor on where that is. */
  public PictureReference withoutDirectory() {
    return new PictureReference(new Location(archive.name()), offset, length, id, wnid);
  }

  /** A picture that is a file within a tar archive. */
  static PictureReference of(TarMember member, String id, String wnid) {
    return new PictureReference(
        member.archive(),
        member.offset(),
        member.length(),
        id,
        wnid,
        member.generation(),
        member.crc32c());
  }

  /** A picture that is a file of its own. */
  static PictureReference of(Location file, ObjectEntry entry, String id, String wnid) {
    return file.isCloud()
        ? new PictureReference(
            file, 0, entry.size(), id, wnid, entry.generation(), entry.crc32c().orElseThrow())
        : new PictureReference(file, 0, entry.size(), id, wnid);
  }

  /**
   * Its bytes on an object store, which have no checksum of their own there.
   *
   * @throws IllegalStateException if it is in a local file
   */
  public CheckedRange range() {
    if (!archive.isCloud()) {
      throw new IllegalStateException(id + " is in the local file " + archive);
    }
    return new CheckedRange(archive, generation, offset, length, crc32c);
  }
}
