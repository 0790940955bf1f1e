package dev.alexnet.infra.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;

/** A local directory with all that is under it. */
final class LocalTree {
  private LocalTree() {}

  /** Of links to directories, the links are deleted. */
  static void delete(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
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
  }

  /** Follows links; each file appears whole. */
  static void copy(Path source, Path target, Runnable guard) throws IOException {
    Files.walkFileTree(
        source,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (ReservedName.isCopied(file.getFileName().toString())) {
              guard.run();
              copyFile(file, target.resolve(source.relativize(file)));
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void copyFile(Path source, Path target) throws IOException {
    try (InputStream content = Files.newInputStream(source);
        PendingFile pending = new PendingFile(target)) {
      content.transferTo(Channels.newOutputStream(pending.channel()));
      pending.commit();
    }
  }
}
