package dev.alexnet.tests.benchmark;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** 500 real pictures of 500 classes, which lie beside the checkout on machines that have them. */
final class RealPictures {
  private RealPictures() {}

  /** The files in a fixed order; the test is skipped, and says so, where there are none. */
  static List<Path> files() throws IOException {
    Path sample =
        Path.of("").toAbsolutePath().getParent().resolveSibling("shared/data/imagenet-sample");
    assumeTrue(Files.isDirectory(sample), "skipped: the real pictures are not here");
    try (Stream<Path> files = Files.walk(sample)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Writes a training archive with each picture several times, under names of its own. */
  static void writeArchive(List<Path> files, int copies, Path archive) throws IOException {
    try (TarArchiveOutputStream outer =
        new TarArchiveOutputStream(Files.newOutputStream(archive))) {
      for (Path file : files) {
        String wnid = file.getParent().getFileName().toString();
        byte[] picture = Files.readAllBytes(file);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream inner = new TarArchiveOutputStream(bytes)) {
          for (int copy = 0; copy < copies; copy++) {
            append(inner, wnid + "_" + copy + ".JPEG", picture);
          }
        }
        append(outer, wnid + ".tar", bytes.toByteArray());
      }
    }
  }

  private static void append(TarArchiveOutputStream tar, String name, byte[] content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }
}
