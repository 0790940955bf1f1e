package dev.alexnet.tests.launcher;

import dev.alexnet.tests.Repository;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/** Distributions in the build's layout, made without packaging. */
public final class Distribution {
  private Distribution() {}

  /** The script, as it is in the sources. */
  static Path source() {
    return Repository.root().resolve("ops/src/dist/bin/alexnet");
  }

  /**
   * Lays out a distribution that runs what the tests run: its library is a jar that names their
   * class path.
   *
   * @return its script
   */
  public static Path ofTheClassPath(Path directory) throws IOException {
    Path script = withoutLibraries(directory);
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .put(
            Attributes.Name.CLASS_PATH,
            List.of(System.getProperty("java.class.path").split(File.pathSeparator)).stream()
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" ")));
    try (OutputStream file = Files.newOutputStream(directory.resolve("lib/alexnet-ops-1.jar"))) {
      new JarOutputStream(file, manifest).close();
    }
    return script;
  }

  /** Lays out a distribution with empty libraries, for a stub of Java. */
  static Path withLibraries(Path directory, String... libraries) throws IOException {
    Path script = withoutLibraries(directory);
    for (String library : libraries) {
      Files.createFile(directory.resolve("lib").resolve(library));
    }
    return script;
  }

  private static Path withoutLibraries(Path directory) throws IOException {
    Files.createDirectories(directory.resolve("bin"));
    Files.createDirectories(directory.resolve("lib"));
    return Files.copy(
        source(), directory.resolve("bin/alexnet"), StandardCopyOption.COPY_ATTRIBUTES);
  }
}
