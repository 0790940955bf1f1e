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
 * Locks a local directory for one run. The operating system releases the lock when the process
 * ends, however it ends. The lock file stays, because removing it could let two runs in.
 */
public final class LocalDirectoryLock {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private LocalDirectoryLock() {}

  /**
   * Does the work while holding the lock on the directory.
   *
   * @param workdir a local directory; created if it does not exist
   * @throws Failure of kind OUTPUT_EXISTS if another run holds it or it is a file, PERMISSION if
   *     this user may not write there
   */
  public static <T> T holding(Location workdir, Supplier<T> work) {
    Path file = workdir.resolve(ReservedName.LOCK).localPath();
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
                + "); wait for it to finish, or use another directory");
      }
      return work.get();
    } catch (IOException e) {
      throw LocalStore.failure("work in", workdir, e);
    } finally {
      release(channel, PATIENCE);
    }
  }

  /**
   * Closing may hang forever on a disk that does not respond; it must not hide why the work ended.
   */
  static void release(Closeable lock, Duration patience) {
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
      // Nothing was written through it, and the system releases it when the process ends.
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
      // This process already holds it.
      return null;
    }
  }
}
