package dev.alexnet.infra.reading;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.infra.storage.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * An object of any size, read from its start to its end. One on an object store is compared with
 * the checksum that is stored with it before its first byte is given out, and read again if its
 * transfer was damaged: a large one is copied to a temporary file for that.
 */
public final class ObjectStream {
  private static final int SMALL = 8 << 20;

  private ObjectStream() {}

  /**
   * Opens an object.
   *
   * @throws Failure of kind BAD_DATA if the object is damaged, INPUT_OUTPUT if the temporary file
   *     cannot be written
   */
  public static InputStream open(ObjectStore store, Location location) {
    if (!location.isCloud()) {
      return Channels.newInputStream(store.open(location));
    }
    boolean large = store.find(location).map(ObjectEntry::size).orElse(0L) > SMALL;
    return large ? copied(store, location) : new ByteArrayInputStream(store.readAll(location));
  }

  private static InputStream copied(ObjectStore store, Location location) {
    try {
      Path file = Files.createTempFile("object-", null);
      try {
        store.download(location, file);
        return Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE);
      } catch (IOException | RuntimeException e) {
        Files.deleteIfExists(file);
        throw e;
      }
    } catch (IOException e) {
      throw Failure.inputOutput("write a temporary file for", location, e);
    }
  }
}
