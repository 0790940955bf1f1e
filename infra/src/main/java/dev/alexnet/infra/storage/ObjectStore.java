package dev.alexnet.infra.storage;

import dev.alexnet.infra.failure.Failure;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;

/**
 * Objects at {@linkplain Location locations}: read at any offset, written whole or not at all.
 *
 * <p>Methods throw {@link Failure}: of kind INPUT_MISSING if a named object does not exist,
 * PERMISSION if access to it is denied, REMOTE if a service still refuses after retries,
 * OUTPUT_EXISTS if another writer changed a cloud object at the same time, and INPUT_OUTPUT for
 * every other I/O error. Implementations are safe for use by many threads.
 */
public interface ObjectStore {

  /** Whether an object is at the location. A directory is not an object. */
  boolean exists(Location location);

  /** Whether the location is a directory: a local one, or a prefix with objects under it. */
  boolean isDirectory(Location location);

  /** The object's length in bytes. */
  long size(Location location);

  /**
   * The CRC-32C of the object: a local file is read completely to compute it; a cloud service
   * stores it.
   */
  long crc32c(Location location);

  /** Opens an object for reading at any position. */
  SeekableByteChannel open(Location location);

  /** The whole object. For small objects: manifests, labels, one picture. */
  byte[] readAll(Location location);

  /**
   * Starts a new object, which becomes visible as a whole when it is committed. An existing object
   * is replaced at that moment.
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
   * directories end in {@code /}. A name that is not UTF-8 has {@code \\xff} for its bytes, and
   * still leads to the object. Objects that are being written are not listed. A directory that does
   * not exist counts as empty; a bucket that does not exist is a failure.
   */
  List<String> list(Location directory);

  /** Deletes an object; one that does not exist is not a failure. */
  void delete(Location location);

  /**
   * Deletes a directory with all that is under it; one that does not exist is not a failure. A
   * whole bucket is refused.
   */
  void deleteDirectory(Location directory);

  /**
   * Deletes the incomplete objects that killed processes left directly under a directory. Call it
   * only if nobody writes there any more. Stores that keep no incomplete objects do nothing.
   */
  void deleteAbandoned(Location directory);
}
