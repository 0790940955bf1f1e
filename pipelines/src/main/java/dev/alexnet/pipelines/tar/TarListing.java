package dev.alexnet.pipelines.tar;

import dev.alexnet.infra.reading.CheckedRange;
import java.util.List;
import java.util.Map;

/**
 * The files in an archive.
 *
 * @param members the plain files in order
 * @param read what was read of an archive on an object store and not yet compared with the object's
 *     checksum; otherwise empty
 * @param contents what the members that were asked for contain, by their offsets
 */
public record TarListing(
    List<TarMember> members, List<CheckedRange> read, Map<Long, byte[]> contents) {
  public TarListing {
    members = List.copyOf(members);
    read = List.copyOf(read);
    contents = Map.copyOf(contents);
  }
}
