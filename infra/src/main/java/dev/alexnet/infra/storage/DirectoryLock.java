package dev.alexnet.infra.storage;

import dev.alexnet.infra.failure.Failure;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Holds a work directory for one run. The operating system lets go of it when the process ends,
 * however that ends; the file itself stays, because removing it would open a gap for two runs.
 */
public final class DirectoryLock {
  static final String FILE = ".lock";

  private static final Duration PATIENCE = Duration.ofSeconds(10);

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
    FileChannel channel = open(workdir, file);
    try {
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
    } finally {
      letGo(channel, PATIENCE);
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

  /** A disk that does not answer holds the closing for ever, but not the reason why work ended. */
  static void letGo(Closeable lock, Duration patience) {
    Thread closer = new Thread(() -> close(lock), "directory-lock");
    closer.setDaemon(true);
    closer.start();
    try {
      closer.join(patience.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void close(Closeable lock) {
    try {
      lock.close();
    } catch (IOException e) {
      // Nothing was written through it, and the system lets go of it when the process ends.
    }
  }

  private static FileChannel open(Location workdir, Path file) {
    try {
      return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw LocalStore.failure("work in", workdir, e);
    }
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
