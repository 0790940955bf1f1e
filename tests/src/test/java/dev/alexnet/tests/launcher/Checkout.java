package dev.alexnet.tests.launcher;

import dev.alexnet.tests.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** A checkout with little more than the launchers. A stub of Maven lays out its distribution. */
record Checkout(Path root) {
  /** Copies the script of the sources and any libraries that a test has put ready. */
  private static final String MAVEN =
      """
      #!/bin/sh
      echo "$(pwd) $*" >> '%1$s/builds.log'
      if [ -p '%1$s/obstacle' ]; then
        echo held
        read -r line < '%1$s/obstacle'
      fi
      [ ! -e '%1$s/broken' ] || { echo 'no symbol'; exit 1; }
      mkdir -p ops/target/distribution/bin ops/target/distribution/lib
      cp -p ops/src/dist/bin/alexnet ops/target/distribution/bin
      cp '%1$s'/libraries/* ops/target/distribution/lib
      """;

  static final List<String> SOURCES =
      List.of(
          "pom.xml",
          "infra/pom.xml",
          "infra/src/main/java/A.java",
          "model/pom.xml",
          "model/src/main/java/A.java",
          "pipelines/pom.xml",
          "pipelines/src/main/resources/a.txt",
          "ops/pom.xml",
          "ops/src/main/java/A.java",
          "ops/src/dist/bin/alexnet");

  static Checkout in(Path root, Programs programs) throws IOException {
    for (String source : SOURCES) {
      Files.createDirectories(root.resolve(source).getParent());
      Files.writeString(root.resolve(source), "");
    }
    Path distribution = root.resolve("ops/src/dist/bin/alexnet");
    copy(Distribution.source(), distribution);
    copy(Repository.root().resolve("alexnet"), root.resolve("alexnet"));
    Files.createDirectories(root.resolve("libraries"));
    programs.script("mvn", MAVEN.formatted(root));
    return new Checkout(root);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
  }

  Path script() {
    return root.resolve("alexnet");
  }

  Path target() {
    return root.resolve("ops/target");
  }

  Path lock() {
    return target().resolve("launcher.lock");
  }

  /** Makes builds fail from now on, or succeed again. */
  void breakBuilds(boolean broken) throws IOException {
    if (broken) {
      Files.createFile(root.resolve("broken"));
    } else {
      Files.delete(root.resolve("broken"));
    }
  }

  /**
   * Makes builds print that they are held and wait, from now on.
   *
   * @return the pipe that lets the next build continue when a line is written to it
   */
  Path holdBuilds() throws IOException, InterruptedException {
    Path obstacle = root.resolve("obstacle");
    new ProcessBuilder("mkfifo", obstacle.toString()).inheritIO().start().waitFor();
    return obstacle;
  }

  /** How Maven was called, one line per build. */
  List<String> builds() throws IOException {
    Path log = root.resolve("builds.log");
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  /** Makes everything look as if it was written an hour ago. */
  void age() throws IOException {
    FileTime time = FileTime.from(Instant.now().minusSeconds(3600));
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, time);
      }
    }
  }

  /** Makes a file look as if it was written half an hour ago. */
  void touch(String source) throws IOException {
    Files.setLastModifiedTime(
        root.resolve(source), FileTime.from(Instant.now().minusSeconds(1800)));
  }
}
