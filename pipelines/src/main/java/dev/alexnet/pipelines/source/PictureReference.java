package dev.alexnet.pipelines.source;

import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.storage.Location;
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
 */
public record PictureReference(Location archive, long offset, long length, String id, String wnid)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  public PictureReference {
    new Problems("picture reference " + id)
        .require(archive != null, "archive is missing")
        .require(offset >= 0, "offset is %s; it must be at least 0", offset)
        .require(length >= 0, "length is %s; it must be at least 0", length)
        .require(id != null && !id.isEmpty(), "id is empty")
        .require(wnid != null, "wnid is missing")
        .throwIfAny();
  }

  /** A copy that does not depend on the archive's directory. */
  public PictureReference withoutDirectory() {
    return new PictureReference(new Location(archive.name()), offset, length, id, wnid);
  }

  /** A picture that is a file within a tar archive. */
  static PictureReference of(TarMember member, String id, String wnid) {
    return new PictureReference(member.archive(), member.offset(), member.length(), id, wnid);
  }
}
