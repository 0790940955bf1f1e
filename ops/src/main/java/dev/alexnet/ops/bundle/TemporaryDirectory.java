package dev.alexnet.ops.bundle;

import dev.alexnet.infra.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory that is deleted with all that is in it. */
record TemporaryDirectory(Path path) implements AutoCloseable {
  TemporaryDirectory() {
    this(create());
  }

  private static Path create() {
    try {
      return Files.createTempDirectory("alexnet-bundle-");
    } catch (IOException e) {
      throw Failure.inputOutput("write", System.getProperty("java.io.tmpdir"), e);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> below = Files.walk(path)) {
      List<Path> deepestFirst = below.sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepestFirst) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw Failure.inputOutput("delete", path, e);
    }
  }
}
