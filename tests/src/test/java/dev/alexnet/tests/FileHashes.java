package dev.alexnet.tests;

import dev.alexnet.infra.hash.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Hashes of the files of a directory, to compare two directories. */
public final class FileHashes {
  private FileHashes() {}

  /**
   * The hash of every file below a directory by its path, hidden ones included; "" for the file.
   */
  public static Map<String, String> of(Path directory) throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        hashes.put(directory.relativize(file).toString(), Sha256.of(Files.readAllBytes(file)));
      }
    }
    return hashes;
  }
}
