package dev.alexnet.infra.storage;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

/**
 * Written as a {@link PendingFile}.
 *
 * <p>A new object that must not exist yet is linked, which fails if it does. Another generation is
 * looked for just before the rename: the lock of the directory keeps other runs from writing in
 * between.
 */
final class LocalPendingObject implements PendingObject {
  private final Location location;
  private final WriteCondition condition;
  private final Path target;
  private final PendingFile file;
  private final OutputStream stream;

  LocalPendingObject(Location location, WriteCondition condition) throws IOException {
    this.location = location;
    this.condition = condition;
    this.target = location.localPath();
    this.file = new PendingFile(target);
    this.stream = new BufferedOutputStream(Channels.newOutputStream(file.channel()), 1 << 18);
  }

  static boolean isPending(Path path) {
    return path.getFileName().toString().startsWith(PendingFile.PREFIX);
  }

  @Override
  public OutputStream stream() {
    return stream;
  }

  @Override
  public long commit() {
    try {
      stream.flush();
      file.sync();
      condition.guard().run();
      long generation = LocalGeneration.of(file.temporary());
      publish();
      return generation;
    } catch (IOException e) {
      throw LocalFailure.of("write", location, e);
    }
  }

  private void publish() throws IOException {
    if (condition.isOfAbsence()) {
      try {
        file.link();
      } catch (FileAlreadyExistsException e) {
        throw WriteCondition.refused("write", location);
      }
      return;
    }
    if (!condition.permits(LocalGeneration.ofExisting(target))) {
      throw WriteCondition.refused("write", location);
    }
    file.rename();
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw LocalFailure.of("remove", Location.of(file.temporary()), e);
    }
  }
}
