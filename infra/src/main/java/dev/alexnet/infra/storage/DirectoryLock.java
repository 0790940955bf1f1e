package dev.alexnet.infra.storage;

import dev.alexnet.infra.failure.Failure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;

/**
 * Holds a work directory for one run. The operating system lets go of it when the process ends,
 * however that ends; the file itself stays, because removing it would open a gap for two runs.
 */
public final class DirectoryLock {
  static final String FILE = ".lock";

  private DirectoryLock() {}

  /**
   * Does the work while it holds the directory.
   *
   * @param workdir a local directory; made where it is not there
   * @throws Failure of kind OUTPUT_EXISTS where another run holds it or it is a file, PERMISSION
   *     where this user may not write there
   */
  public static <T> T holding(Location workdir, Supplier<T> work) {
    Path file = workdir.resolve(FILE).localPath();
    createDirectory(workdir);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (tryLock(channel) == null) {
        throw new Failure(
            Failure.Kind.OUTPUT_EXISTS,
            "Another run is working in "
                + workdir
                + " (it holds "
                + file
                + "); wait for its end, or use another directory");
      }
      return work.get();
    } catch (IOException e) {
      throw LocalStore.failure("work in", workdir, e);
    }
  }

  /**
   * Does the work while it holds the directory, if that is a local one. An object store has no lock
   * that a killed process lets go of.
   *
   * @throws Failure of kind OUTPUT_EXISTS where another run holds it
   */
  public static <T> T holdingIfLocal(Location directory, Supplier<T> work) {
    return directory.isCloud() ? work.get() : holding(directory, work);
  }

  static boolean isLock(Path path) {
    return path.getFileName().toString().equals(FILE);
  }

  private static void createDirectory(Location workdir) {
    try {
      Files.createDirectories(workdir.localPath());
    } catch (FileAlreadyExistsException e) {
      throw new Failure(
          Failure.Kind.OUTPUT_EXISTS,
          "Cannot work in "
              + workdir
              + ": "
              + e.getFile()
              + " is a file, not a directory; use another directory",
          e);
    } catch (IOException e) {
      throw LocalStore.failure("make the directory", workdir, e);
    }
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // This process holds it already.
      return null;
    }
  }
}
