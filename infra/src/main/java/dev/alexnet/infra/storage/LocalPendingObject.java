package dev.alexnet.infra.storage;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Written under a temporary name in the same directory; the commit syncs it, then renames it. */
final class LocalPendingObject implements PendingObject {
  private static final String PREFIX = ".pending-";

  private final Location location;
  private final Path target;
  private final Path temporary;
  private final FileChannel channel;
  private final OutputStream stream;
  private boolean committed;

  LocalPendingObject(Location location) throws IOException {
    this.location = location;
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
  public void commit() {
    try {
      stream.flush();
      channel.force(true);
      channel.close();
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      // The new name is durable only when the directory is.
      try (FileChannel directory = FileChannel.open(target.getParent())) {
        directory.force(true);
      }
      committed = true;
    } catch (IOException e) {
      throw LocalStore.failure("write", location, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
      if (!committed) {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw LocalStore.failure("remove", Location.of(temporary), e);
    }
  }
}
