package dev.alexnet.pipelines.tar;

import dev.alexnet.infra.reading.CheckedRange;
import java.util.List;

/**
 * The files in an archive.
 *
 * @param members the plain files in order
 * @param read what was read of an archive on an object store and not yet compared with the object's
 *     checksum; otherwise empty
 */
public record TarListing(List<TarMember> members, List<CheckedRange> read) {
  public TarListing {
    members = List.copyOf(members);
    read = List.copyOf(read);
  }
}
