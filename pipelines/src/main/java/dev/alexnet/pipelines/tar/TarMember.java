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
 */
public record TarMember(Location archive, String path, long offset, long length)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The last part of the path. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
