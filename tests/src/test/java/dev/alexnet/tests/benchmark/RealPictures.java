package dev.alexnet.tests.benchmark;

import dev.alexnet.model.testing.RealData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** 500 real pictures of 500 classes. */
final class RealPictures {
  private RealPictures() {}

  /** The files in a fixed order. */
  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(RealData.folder("imagenet-sample"))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Writes a training archive with several copies of each picture, under different names. */
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
