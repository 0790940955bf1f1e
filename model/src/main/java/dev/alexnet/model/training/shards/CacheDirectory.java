package dev.alexnet.model.training.shards;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.FreeSpace;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.text.ByteSize;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of a cache, which one run uses at a time. */
final class CacheDirectory implements AutoCloseable {
  private static final String LOCK = ".lock";
  private static final String PARTIAL = "partial";
  private static final Pattern SHARD = Pattern.compile("[0-9a-f]{12}-[0-9a-f]{8}-.+");

  private final Path path;
  private final ByteSize bound;
  private final FileChannel lock;

  private CacheDirectory(Path path, ByteSize bound, FileChannel lock) {
    this.path = path;
    this.bound = bound;
    this.lock = lock;
  }

  /**
   * Makes the directory if it does not exist, and deletes partial files of a killed run.
   *
   * @param bound for messages
   * @throws Failure of kind OUTPUT_EXISTS if another run uses it
   */
  static CacheDirectory open(Path path, ByteSize bound) {
    FileChannel channel = null;
    try {
      Files.createDirectories(path.resolve(PARTIAL));
      channel =
          FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isLocked(channel)) {
        throw new Failure(
            Failure.Kind.OUTPUT_EXISTS,
            "Another run uses the cache "
                + path
                + "; wait for it to finish, or use another directory");
      }
      CacheDirectory directory = new CacheDirectory(path, bound, channel);
      list(path.resolve(PARTIAL)).forEach(directory::delete);
      return directory;
    } catch (IOException e) {
      close(channel);
      throw Failure.inputOutput("write", path, e);
    } catch (RuntimeException e) {
      close(channel);
      throw e;
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  Path path() {
    return path;
  }

  /** The files of shards, of these and of other datasets. */
  List<Path> shards() {
    return list(path).stream()
        .filter(file -> SHARD.matcher(file.getFileName().toString()).matches())
        .toList();
  }

  private static List<Path> list(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw Failure.inputOutput("list", directory, e);
    }
  }

  /** Where a file is until it is complete. */
  Path partial(Path file) {
    return path.resolve(PARTIAL).resolve(file.getFileName());
  }

  long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw Failure.inputOutput("read", file, e);
    }
  }

  void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw Failure.inputOutput("delete", file, e);
    }
  }

  void move(Path partial, Path file) {
    try {
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw Failure.inputOutput("write", file, e);
    }
  }

  /**
   * Fails at once instead of hours later.
   *
   * @param missing the bytes that the cache will take in addition
   * @throws Failure of kind INPUT_OUTPUT if the disk has not so many
   */
  void requireFree(long missing) {
    long free = free();
    if (missing > free) {
      throw new Failure(
          Failure.Kind.INPUT_OUTPUT,
          ("The disk of %s has only %s free, but the cache would take %s more with a --cache of "
                  + "%s. Give a smaller --cache, free some space, or use another disk")
              .formatted(
                  path,
                  new ByteSize(free).roundedDown(),
                  new ByteSize(missing).roundedUp(),
                  bound));
    }
  }

  /** The failure of a download: in other words if the disk is full. */
  Failure explained(Failure failure, Location source, long bytes) {
    long free = free();
    return free >= bytes
        ? failure
        : new Failure(
            Failure.Kind.INPUT_OUTPUT,
            ("The disk of %s is full: %s are free, and the shard %s takes %s. The --cache of %s "
                    + "is larger than the disk allows. Give a smaller --cache, free some space, or "
                    + "use another disk; then run the same command again")
                .formatted(
                    path,
                    new ByteSize(free).roundedDown(),
                    source,
                    new ByteSize(bytes).roundedUp(),
                    bound),
            failure);
  }

  private long free() {
    try {
      return FreeSpace.of(path);
    } catch (IOException e) {
      throw Failure.inputOutput("read the free space of", path, e);
    }
  }

  @Override
  public void close() {
    close(lock);
  }

  private static void close(FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // Nothing was written through it, and the system releases it when the process ends.
    }
  }
}
