package dev.alexnet.pipelines.tar;

import dev.alexnet.infra.storage.Location;
import java.io.Serializable;

/**
 * A plain file within a tar archive.
 *
 * @param archive the outermost file
 * @param path its name in the archive: a key, never a path to write to
 * @param offset the offset of its first byte in that file
 * @param length its length in bytes
 * @param generation of an archive on an object store; otherwise 0
 * @param crc32c of its content, if the archive is on an object store and was read; otherwise 0
 */
public record TarMember(
    Location archive, String path, long offset, long length, long generation, long crc32c)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A file in a local archive. */
  public TarMember(Location archive, String path, long offset, long length) {
    this(archive, path, offset, length, 0, 0);
  }

  /** The last part of the path. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
