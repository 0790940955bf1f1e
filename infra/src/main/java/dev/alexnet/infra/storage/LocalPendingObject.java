package dev.alexnet.infra.storage;

import dev.alexnet.infra.failure.Failure;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Written under a temporary name in the same directory; the commit syncs it, then renames it.
 *
 * <p>A new object that must not exist yet is linked, which fails if it does. Another generation is
 * looked for just before the rename: the lock of the directory keeps other runs from writing in
 * between.
 */
final class LocalPendingObject implements PendingObject {
  private static final String PREFIX = ".pending-";

  private final Location location;
  private final WriteCondition condition;
  private final Path target;
  private final Path temporary;
  private final FileChannel channel;
  private final OutputStream stream;
  private boolean renamed;

  LocalPendingObject(Location location, WriteCondition condition) throws IOException {
    this.location = location;
    this.condition = condition;
    this.target = location.localPath().toAbsolutePath();
    // Files.createDirectories refuses a symbolic link to a directory (JDK-8294193).
    if (!Files.isDirectory(target.getParent())) {
      Files.createDirectories(target.getParent());
    }
    this.temporary = target.resolveSibling(PREFIX + UUID.randomUUID());
    this.channel =
        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    this.stream = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 18);
  }

  static boolean isPending(Path path) {
    return path.getFileName().toString().startsWith(PREFIX);
  }

  @Override
  public OutputStream stream() {
    return stream;
  }

  @Override
  public long commit() {
    try {
      stream.flush();
      channel.force(true);
      channel.close();
      long generation = LocalGeneration.of(temporary);
      publish();
      // The new name is durable only when the directory is.
      try (FileChannel directory = FileChannel.open(target.getParent())) {
        directory.force(true);
      }
      return generation;
    } catch (IOException e) {
      throw LocalStore.failure("write", location, e);
    }
  }

  private void publish() throws IOException {
    if (condition.equals(WriteCondition.absent())) {
      try {
        Files.createLink(target, temporary);
      } catch (FileAlreadyExistsException e) {
        throw refusal();
      }
      return;
    }
    if (!condition.permits(LocalGeneration.ofExisting(target))) {
      throw refusal();
    }
    Files.move(
        temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    renamed = true;
  }

  private Failure refusal() {
    return LocalStore.refusal("write", location);
  }

  @Override
  public void close() {
    try {
      channel.close();
      if (!renamed) {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw LocalStore.failure("remove", Location.of(temporary), e);
    }
  }
}
