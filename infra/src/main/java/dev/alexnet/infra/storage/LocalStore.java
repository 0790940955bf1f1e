package dev.alexnet.infra.storage;

import dev.alexnet.infra.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** Stores objects as files of the local file system. */
final class LocalStore implements ObjectStore {
  private static final int BUFFER = 1 << 16;

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
  public byte[] readAll(Location location) {
    try {
      return Files.readAllBytes(objectPath(location));
    } catch (IOException e) {
      throw failure("read", location, e);
    }
  }

  @Override
  public PendingObject create(Location location) {
    try {
      return new LocalPendingObject(location);
    } catch (IOException e) {
      throw failure("write", location, e);
    }
  }

  @Override
  public List<String> list(Location directory) {
    try (Stream<Path> children = Files.list(directory.localPath())) {
      return children
          .filter(child -> !LocalPendingObject.isPending(child) && !DirectoryLock.isLock(child))
          .map(child -> LocalName.of(child) + (Files.isDirectory(child) ? "/" : ""))
          .sorted(NameOrder.UTF_8)
          .toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      throw failure("list", directory, e);
    }
  }

  @Override
  public void delete(Location location) {
    if (isDirectory(location)) {
      return;
    }
    try {
      Files.deleteIfExists(location.localPath());
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
      Files.walkFileTree(
          directory.localPath(),
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path path, IOException e) throws IOException {
              if (e != null) {
                throw e;
              }
              Files.delete(path);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw failure("delete", directory, e);
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
    String what = "Cannot " + action + " " + location + ": ";
    if (cause instanceof NoSuchFileException) {
      return new Failure(
          Failure.Kind.INPUT_MISSING, what + "it does not exist; check the name", cause);
    }
    if (cause instanceof AccessDeniedException) {
      return new Failure(
          Failure.Kind.PERMISSION,
          what + "this user has no permission; change the owner or the mode",
          cause);
    }
    return Failure.inputOutput(action, location, cause);
  }
}
