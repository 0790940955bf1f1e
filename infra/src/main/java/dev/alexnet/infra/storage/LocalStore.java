package dev.alexnet.infra.storage;

import dev.alexnet.infra.failure.Failure;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** Stores objects as files of the local file system. */
final class LocalStore implements ObjectStore {
  private static final int BUFFER = 1 << 16;

  @Override
  public Optional<ObjectEntry> find(Location location) {
    if (!exists(location)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          entry(
              location.name(),
              Files.readAttributes(location.localPath(), BasicFileAttributes.class)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failure("read", location, e);
    }
  }

  private static ObjectEntry entry(String name, BasicFileAttributes attributes) {
    return new ObjectEntry(
        name,
        attributes.size(),
        OptionalLong.empty(),
        LocalGeneration.of(attributes),
        attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS));
  }

  @Override
  public boolean exists(Location location) {
    return Files.isRegularFile(location.localPath());
  }

  @Override
  public boolean isDirectory(Location location) {
    return Files.isDirectory(location.localPath());
  }

  @Override
  public long size(Location location) {
    try {
      return Files.size(objectPath(location));
    } catch (IOException e) {
      throw failure("read", location, e);
    }
  }

  @Override
  public long crc32c(Location location) {
    CRC32C crc = new CRC32C();
    byte[] buffer = new byte[BUFFER];
    try (InputStream stream = Files.newInputStream(objectPath(location))) {
      for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
        crc.update(buffer, 0, count);
      }
      return crc.getValue();
    } catch (IOException e) {
      throw failure("read", location, e);
    }
  }

  @Override
  public SeekableByteChannel open(Location location) {
    try {
      return Files.newByteChannel(objectPath(location));
    } catch (IOException e) {
      throw failure("read", location, e);
    }
  }

  @Override
  public LoadedObject load(Location location) {
    Path path = objectPath(location);
    try {
      // If it is replaced in between, the older generation makes a later change fail.
      long generation = LocalGeneration.of(path);
      return new LoadedObject(Files.readAllBytes(path), generation);
    } catch (IOException e) {
      throw failure("read", location, e);
    }
  }

  @Override
  public byte[] readAll(Location location) {
    try {
      return Files.readAllBytes(objectPath(location));
    } catch (IOException e) {
      throw failure("read", location, e);
    }
  }

  @Override
  public byte[] readRange(Location location, long generation, long offset, int length) {
    Path path = objectPath(location);
    try (FileChannel channel = FileChannel.open(path)) {
      if (LocalGeneration.of(path) != generation) {
        throw new Failure(
            Failure.Kind.INPUT_MISSING,
            "Cannot read "
                + location
                + ": it was changed while it was in use; run the same command again");
      }
      ByteBuffer range = ByteBuffer.allocate(length);
      while (range.hasRemaining()) {
        if (channel.read(range, offset + range.position()) < 0) {
          throw new EOFException(
              "it ends before byte " + (offset + length) + ", at byte " + channel.size());
        }
      }
      return range.array();
    } catch (IOException e) {
      throw failure("read", location, e);
    }
  }

  @Override
  public PendingObject create(Location location, WriteCondition condition) {
    try {
      return new LocalPendingObject(location, condition);
    } catch (IOException e) {
      throw failure("write", location, e);
    }
  }

  @Override
  public long upload(Path source, Location target, WriteCondition condition) {
    try (InputStream content = Files.newInputStream(source)) {
      return copy(content, Files.size(source), target, condition);
    } catch (IOException e) {
      throw failure("read", Location.of(source), e);
    }
  }

  private long copy(InputStream content, long size, Location target, WriteCondition condition) {
    try (PendingObject pending = create(target, condition)) {
      long copied = content.transferTo(pending.stream());
      if (copied != size) {
        throw new EOFException(
            "the file that is copied had " + size + " bytes, of which " + copied + " were read");
      }
      return pending.commit();
    } catch (IOException e) {
      throw failure("write", target, e);
    }
  }

  @Override
  public void download(Location source, Path target) {
    requireReadable(source);
    upload(objectPath(source), Location.of(target), WriteCondition.none());
  }

  private void requireReadable(Location source) {
    try (SeekableByteChannel channel = open(source)) {
      channel.size();
    } catch (IOException e) {
      throw failure("read", source, e);
    }
  }

  @Override
  public List<String> list(Location directory) {
    return listed(
        directory,
        child -> LocalName.of(child) + (Files.isDirectory(child) ? "/" : ""),
        name -> name);
  }

  @Override
  public List<ObjectEntry> entries(Location directory) {
    return listed(directory, LocalStore::entry, ObjectEntry::name);
  }

  /** A child that cannot be read, such as a broken link, is an object without content. */
  private static ObjectEntry entry(Path child) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(child, BasicFileAttributes.class);
      return attributes.isDirectory()
          ? ObjectEntry.directory(LocalName.of(child) + "/")
          : entry(LocalName.of(child), attributes);
    } catch (IOException e) {
      return new ObjectEntry(LocalName.of(child), 0, OptionalLong.empty(), 1);
    }
  }

  private static <T> List<T> listed(
      Location directory, Function<Path, T> told, Function<T, String> name) {
    try (Stream<Path> children = Files.list(directory.localPath())) {
      return children
          .filter(child -> !isHidden(child))
          .map(told)
          .sorted(Comparator.comparing(name, NameOrder.UTF_8))
          .toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      throw failure("list", directory, e);
    }
  }

  private static boolean isHidden(Path child) {
    return LocalPendingObject.isPending(child)
        || ReservedName.isOne(child.getFileName().toString());
  }

  @Override
  public void delete(Location location, WriteCondition condition) {
    if (isDirectory(location)) {
      return;
    }
    Path path = location.localPath();
    try {
      long present = LocalGeneration.ofExisting(path);
      if (present != 0 && !condition.permits(present)) {
        throw WriteCondition.refused("delete", location);
      }
      condition.guard().run();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw failure("delete", location, e);
    }
  }

  @Override
  public void deleteAbandoned(Location directory) {
    if (!isDirectory(directory)) {
      return;
    }
    try (Stream<Path> children = Files.list(directory.localPath())) {
      for (Path child : children.filter(LocalPendingObject::isPending).toList()) {
        Files.deleteIfExists(child);
      }
    } catch (IOException e) {
      throw failure("delete", directory, e);
    }
  }

  @Override
  public void deleteDirectory(Location directory) {
    if (!isDirectory(directory)) {
      return;
    }
    try {
      LocalTree.delete(directory.localPath());
    } catch (IOException e) {
      throw failure("delete", directory, e);
    }
  }

  @Override
  public void copyDirectory(Location source, Location target, Runnable guard) {
    if (!isDirectory(source)) {
      return;
    }
    try {
      LocalTree.copy(source.localPath(), target.localPath(), guard);
    } catch (IOException e) {
      throw failure("copy", source, e);
    }
  }

  /** On Linux, a directory can be opened as a file, and only reading it fails. */
  private static Path objectPath(Location location) {
    Path path = location.localPath();
    if (Files.isDirectory(path)) {
      throw new Failure(
          Failure.Kind.INPUT_MISSING,
          "Cannot read " + location + ": it is a directory; name a file in it");
    }
    return path;
  }

  static Failure failure(String action, Location location, IOException cause) {
    return LocalFailure.of(action, location, cause);
  }
}
