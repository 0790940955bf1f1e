package dev.alexnet.infra.storage;

import dev.alexnet.infra.failure.Failure;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;

/**
 * Objects at {@linkplain Location locations}: read at any offset, written whole or not at all.
 *
 * <p>Methods throw {@link Failure}: of kind INPUT_MISSING where a named object is not there,
 * PERMISSION where it may not be touched, REMOTE where a service refused after retries,
 * OUTPUT_EXISTS where another writer changed a cloud object at the same moment, and INPUT_OUTPUT
 * for every other failure of the medium. Implementations are safe for use by many threads.
 */
public interface ObjectStore {

  /** Whether an object is at the location. A directory is no object. */
  boolean exists(Location location);

  /** Whether the location is a directory: a local one, or a prefix under which objects are. */
  boolean isDirectory(Location location);

  /** The object's length in bytes. */
  long size(Location location);

  /** The CRC-32C of the object: a local file is read whole for it, a service knows it. */
  long crc32c(Location location);

  /** Opens an object for reading at any position. */
  SeekableByteChannel open(Location location);

  /** The whole object. For small objects: manifests, labels, one picture. */
  byte[] readAll(Location location);

  /**
   * Starts a new object, which becomes visible, at once and whole, when it is committed. An object
   * that is there already is replaced at that moment.
   */
  PendingObject create(Location location);

  /** Writes a small object whole. */
  default void write(Location location, byte[] content) {
    try (PendingObject pending = create(location)) {
      pending.stream().write(content);
      pending.commit();
    } catch (IOException e) {
      throw LocalStore.failure("write", location, e);
    }
  }

  /**
   * The names directly under a directory, in the order of their bytes in UTF-8; the names of
   * directories end in {@code /}. Of a name that is not UTF-8 the bytes stand as {@code \\xff}, and
   * lead back to the object. Objects that are being written are not listed. A directory that is not
   * there is empty; a bucket that is not there is a failure.
   */
  List<String> list(Location directory);

  /** Deletes an object; one that is not there is no failure. */
  void delete(Location location);

  /**
   * Deletes a directory with all that is under it; one that is not there is no failure. A whole
   * bucket is refused.
   */
  void deleteDirectory(Location directory);

  /**
   * Deletes what killed processes left of objects that they were writing directly under a
   * directory. Only for a directory in which nobody writes any more. Stores that keep no such
   * remains have nothing to do.
   */
  void deleteAbandoned(Location directory);
}
