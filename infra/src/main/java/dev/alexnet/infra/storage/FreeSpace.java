package dev.alexnet.infra.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** The space that this process may still fill on a local disk. */
public final class FreeSpace {
  private FreeSpace() {}

  /**
   * Unlike a {@link java.nio.file.FileStore}, this needs no list of mounted file systems, in which
   * a changed root does not find its own.
   *
   * @return in bytes
   * @throws NotDirectoryException if there is no such directory
   */
  public static long of(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new NotDirectoryException(directory.toString());
    }
    return directory.toFile().getUsableSpace();
  }

  /**
   * The space for a directory that need not exist yet.
   *
   * @return in bytes
   */
  public static long near(Path directory) throws IOException {
    Path place = directory.toAbsolutePath();
    while (!Files.exists(place)) {
      place = place.getParent();
    }
    return of(place);
  }
}
