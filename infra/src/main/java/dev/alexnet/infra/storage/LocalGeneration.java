package dev.alexnet.infra.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/**
 * The generation of a local file: its identity in the file system and the time of its last change.
 * A replaced object is another file; one that was edited in place has another time.
 */
final class LocalGeneration {
  private LocalGeneration() {}

  static long of(Path file) throws IOException {
    return of(Files.readAttributes(file, BasicFileAttributes.class));
  }

  static long of(BasicFileAttributes attributes) {
    long identity = attributes.fileKey() == null ? 0 : attributes.fileKey().hashCode();
    long generation =
        attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS) * 31 + Long.reverse(identity);
    return generation == 0 ? 1 : generation;
  }

  /** 0 if there is no file. */
  static long ofExisting(Path file) throws IOException {
    try {
      return of(file);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }
}
