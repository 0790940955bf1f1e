package dev.alexnet.infra.storage;

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;

/**
 * What a store knows of an object without reading it, or a directory in a listing.
 *
 * @param name within its directory, as in a listing; a directory's ends in {@code /}
 * @param size in bytes; 0 for a directory
 * @param crc32c of the content; empty for a directory, and where the content would have to be read
 *     to know it
 * @param generation differs from that of every other content that was at the location; 0 for a
 *     directory
 */
public record ObjectEntry(String name, long size, OptionalLong crc32c, long generation) {
  public ObjectEntry {
    requireNonNull(name, "name is null");
    requireNonNull(crc32c, "crc32c is null");
  }

  /**
   * @param name ends in {@code /}
   */
  public static ObjectEntry directory(String name) {
    return new ObjectEntry(name, 0, OptionalLong.empty(), 0);
  }

  /** The same under another name. */
  public ObjectEntry named(String other) {
    return new ObjectEntry(other, size, crc32c, generation);
  }

  public boolean isDirectory() {
    return name.endsWith("/");
  }
}
