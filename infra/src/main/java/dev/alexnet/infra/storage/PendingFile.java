package dev.alexnet.infra.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A local file that is written under a hidden name in the directory of its target, and gets its
 * name when it is whole and durable. Missing directories are made.
 */
public final class PendingFile implements Closeable {
  /** How names start that objects and files have while they are being written. */
  public static final String PREFIX = ".pending-";

  private final Path target;
  private final Path temporary;
  private final FileChannel channel;
  private boolean renamed;

  public PendingFile(Path target) throws IOException {
    this.target = target.toAbsolutePath();
    Path directory = this.target.getParent();
    // Files.createDirectories refuses a symbolic link to a directory (JDK-8294193).
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory);
    }
    this.temporary = directory.resolve(PREFIX + UUID.randomUUID());
    this.channel =
        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** Where the content goes. Positions may be written in any order, by many threads. */
  public FileChannel channel() {
    return channel;
  }

  /** Makes the content durable; nothing may be written afterwards. */
  void sync() throws IOException {
    channel.force(true);
    channel.close();
  }

  /** The file before it has its name. */
  Path temporary() {
    return temporary;
  }

  /** Makes the file durable under its name, and replaces what has the name. */
  public void commit() throws IOException {
    sync();
    rename();
  }

  /** Gives the file its name after {@link #sync}. */
  void rename() throws IOException {
    Files.move(
        temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    renamed = true;
    syncDirectory();
  }

  /**
   * Gives the file its name after {@link #sync} if there is no other file of that name.
   *
   * @throws FileAlreadyExistsException if there is one
   */
  void link() throws IOException {
    try {
      Files.createLink(target, temporary);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      // FAT and some network file systems have no links. The lock of the directory keeps other
      // runs from writing between the two steps.
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileAlreadyExistsException(target.toString());
      }
      rename();
      return;
    }
    syncDirectory();
  }

  /** The new name is durable only when the directory is. */
  private void syncDirectory() throws IOException {
    try (FileChannel directory = FileChannel.open(target.getParent())) {
      directory.force(true);
    }
  }

  /** Discards the file unless it has its name. */
  @Override
  public void close() throws IOException {
    channel.close();
    if (!renamed) {
      Files.deleteIfExists(temporary);
    }
  }
}
