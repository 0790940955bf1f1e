package dev.alexnet.infra.storage;

import dev.alexnet.infra.failure.Failure;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Objects at {@linkplain Location locations}: read at any offset, written whole or not at all.
 *
 * <p>Methods throw {@link Failure}: of kind INPUT_MISSING if a named object does not exist,
 * PERMISSION if access to it is denied, REMOTE if a service still refuses after retries, BAD_DATA
 * if the content does not have the checksum that the store keeps of it, OUTPUT_EXISTS if a {@link
 * WriteCondition} does not hold or another writer changed a cloud object at the same time, and
 * INPUT_OUTPUT for every other I/O error. Implementations are safe for use by many threads.
 */
public interface ObjectStore {

  /** What is known of the object at the location; empty if there is none. */
  Optional<ObjectEntry> find(Location location);

  /** Whether an object is at the location. A directory is not an object. */
  default boolean exists(Location location) {
    return find(location).isPresent();
  }

  /** Whether the location is a directory: a local one, or a prefix with objects under it. */
  boolean isDirectory(Location location);

  /** The object's length in bytes. */
  long size(Location location);

  /**
   * The CRC-32C of the object: a local file is read completely to compute it; a cloud service
   * stores it.
   */
  long crc32c(Location location);

  /**
   * Opens an object for reading at any position; all reads are of the generation that is there now.
   * If all bytes are read in order from the first to the last, a cloud store compares them with the
   * object's CRC-32C when the last one is read. A part has no checksum: a reader that jumps, stops
   * early or starts late checks what it got itself.
   */
  SeekableByteChannel open(Location location);

  /**
   * The whole object, checked against the checksum that the store keeps of it. For small objects:
   * manifests, labels, one picture.
   */
  default byte[] readAll(Location location) {
    return load(location).content();
  }

  /**
   * The whole object as {@link #readAll} reads it, with its generation: to change it by {@link
   * WriteCondition#unchangedSince}.
   */
  LoadedObject load(Location location);

  /**
   * Some bytes of an object. A range has no checksum of its own; the caller checks what covers it.
   *
   * @param generation of the object; one that was replaced is a failure of kind INPUT_MISSING
   * @param offset of the first byte
   * @param length how many bytes, all within the object
   */
  byte[] readRange(Location location, long generation, long offset, int length);

  /**
   * Starts a new object, which becomes visible as a whole when it is committed. An existing object
   * is replaced at that moment.
   */
  default PendingObject create(Location location) {
    return create(location, WriteCondition.none());
  }

  /**
   * Starts a new object as {@link #create(Location)} does.
   *
   * @param condition checked when it is committed
   */
  PendingObject create(Location location, WriteCondition condition);

  /**
   * Writes a small object whole.
   *
   * @return its generation
   */
  default long write(Location location, byte[] content) {
    return write(location, content, WriteCondition.none());
  }

  /**
   * Writes a small object whole.
   *
   * @return its generation
   */
  default long write(Location location, byte[] content, WriteCondition condition) {
    try (PendingObject pending = create(location, condition)) {
      pending.stream().write(content);
      return pending.commit();
    } catch (IOException e) {
      throw LocalStore.failure("write", location, e);
    }
  }

  /**
   * Copies a local file to an object, which appears whole or not at all.
   *
   * @return the object's generation
   */
  long upload(Path source, Location target, WriteCondition condition);

  /**
   * Copies an object to a local file, which is checked against the object's checksum, and appears
   * whole or not at all. An existing file is replaced; missing directories are made.
   */
  void download(Location source, Path target);

  /**
   * The names directly under a directory, in the order of their bytes in UTF-8; the names of
   * directories end in {@code /}. A name that is not UTF-8 has {@code \\xff} for its bytes, and
   * still leads to the object. Objects that are being written are not listed. A directory that does
   * not exist counts as empty; a bucket that does not exist is a failure.
   */
  List<String> list(Location directory);

  /** What {@link #list} lists, with all that is known of each object without reading it. */
  List<ObjectEntry> entries(Location directory);

  /**
   * Every object at any depth below a directory, under its name relative to it, in the order of
   * {@link #list}. A cloud service lists 1,000 with each request.
   */
  default List<ObjectEntry> objectsBelow(Location directory) {
    List<ObjectEntry> objects = new ArrayList<>();
    for (ObjectEntry entry : entries(directory)) {
      if (entry.isDirectory()) {
        String name = entry.name();
        objectsBelow(directory.resolve(name.substring(0, name.length() - 1)))
            .forEach(below -> objects.add(below.named(name + below.name())));
      } else {
        objects.add(entry);
      }
    }
    return List.copyOf(objects);
  }

  /** Deletes an object; one that does not exist is not a failure. */
  default void delete(Location location) {
    delete(location, WriteCondition.none());
  }

  /** Deletes an object if the condition holds; one that does not exist is not a failure. */
  void delete(Location location, WriteCondition condition);

  /**
   * Deletes a directory with all that is under it; one that does not exist is not a failure. A
   * whole bucket is refused.
   */
  void deleteDirectory(Location directory);

  /** Copies a directory as {@link #copyDirectory(Location, Location, Runnable)} does. */
  default void copyDirectory(Location source, Location target) {
    copyDirectory(source, target, () -> {});
  }

  /**
   * Copies all that is under a directory to another one of the same store, in which objects of the
   * same names are replaced, and others stay. A cloud service copies by itself, object by object: a
   * copy that was stopped is continued by another one. Locks, leases and incomplete objects are not
   * copied. A source that does not exist counts as empty.
   *
   * @param guard runs before each object is made; what it throws ends the copy
   */
  void copyDirectory(Location source, Location target, Runnable guard);

  /**
   * Deletes the incomplete objects that killed processes left directly under a directory. Call it
   * only if nobody writes there any more. Stores that keep no incomplete objects do nothing.
   */
  void deleteAbandoned(Location directory);
}
