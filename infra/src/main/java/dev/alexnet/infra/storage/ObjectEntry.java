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
 * @param modified when a local file was last modified, in nanoseconds since 1970; 0 for a directory
 *     and on an object store
 */
public record ObjectEntry(
    String name, long size, OptionalLong crc32c, long generation, long modified) {
  public ObjectEntry {
    requireNonNull(name, "name is null");
    requireNonNull(crc32c, "crc32c is null");
  }

  /** An object on an object store. */
  public ObjectEntry(String name, long size, OptionalLong crc32c, long generation) {
    this(name, size, crc32c, generation, 0);
  }

  /**
   * @param name ends in {@code /}
   */
  public static ObjectEntry directory(String name) {
    return new ObjectEntry(name, 0, OptionalLong.empty(), 0);
  }

  /** The same under another name. */
  public ObjectEntry named(String other) {
    return new ObjectEntry(other, size, crc32c, generation, modified);
  }

  /**
   * What shows without reading that the content was replaced: the time of a local file, which a
   * copy can keep, and the generation on an object store.
   */
  public long stamp() {
    return modified == 0 ? generation : modified;
  }

  public boolean isDirectory() {
    return name.endsWith("/");
  }
}
