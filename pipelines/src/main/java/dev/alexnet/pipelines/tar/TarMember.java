package dev.alexnet.pipelines.tar;

import dev.alexnet.infra.storage.Location;
import java.io.Serializable;

/**
 * A plain file within a tar archive.
 *
 * @param archive the outermost file
 * @param path its name as the archive has it: a key, never a path to write to
 * @param offset where its bytes start in that file
 * @param length how many bytes it has
 */
public record TarMember(Location archive, String path, long offset, long length)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The last part of the path. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
