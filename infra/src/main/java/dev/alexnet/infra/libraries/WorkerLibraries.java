package dev.alexnet.infra.libraries;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.hash.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * Identifies the classes of this system that workers run by their content, so that a worker of a
 * cluster can see whether it has those of the command that started its run. A jar and the directory
 * that it was packed from are equal.
 *
 * @param hash of the names and checksums of the classes
 */
public record WorkerLibraries(String hash) implements Serializable {
  /** What each module has among its resources whose classes workers run. */
  static final String MARKER = "META-INF/alexnet/worker-library";

  public WorkerLibraries {
    requireNonNull(hash, "hash is null");
  }

  /** Read once: it looks at every class. */
  private static final class OfThisProcess {
    static final WorkerLibraries VALUE = of(WorkerLibraries.class.getClassLoader());
  }

  /** Those that this process runs. */
  public static WorkerLibraries ofThisProcess() {
    return OfThisProcess.VALUE;
  }

  /** Those that a class loader finds. */
  static WorkerLibraries of(ClassLoader loader) {
    SortedMap<String, Long> checksums = new TreeMap<>();
    try {
      for (URL marker : Collections.list(loader.getResources(MARKER))) {
        readModule(marker, checksums);
      }
    } catch (IOException | URISyntaxException e) {
      throw Failure.inputOutput("read the classes of", "this program", e);
    }
    return new WorkerLibraries(Sha256.of(checksums.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static void readModule(URL marker, SortedMap<String, Long> checksums)
      throws IOException, URISyntaxException {
    URLConnection connection = marker.openConnection();
    if (connection instanceof JarURLConnection jar) {
      // Without a cache, the file is this connection's own and can be closed.
      jar.setUseCaches(false);
      try (JarFile file = jar.getJarFile()) {
        file.stream()
            .filter(entry -> isClass(entry.getName()))
            .forEach((JarEntry entry) -> checksums.put(entry.getName(), entry.getCrc()));
      }
    } else {
      Path root = Path.of(marker.toURI());
      for (int level = 0; level < MARKER.split("/", -1).length; level++) {
        root = root.getParent();
      }
      readDirectory(root, checksums);
    }
  }

  private static void readDirectory(Path root, SortedMap<String, Long> checksums)
      throws IOException {
    List<Path> classes;
    try (Stream<Path> files = Files.walk(root)) {
      classes = files.filter(file -> isClass(file.toString())).toList();
    }
    for (Path file : classes) {
      try (InputStream stream = Files.newInputStream(file);
          CheckedInputStream checked = new CheckedInputStream(stream, new CRC32())) {
        checked.transferTo(OutputStream.nullOutputStream());
        checksums.put(
            root.relativize(file).toString().replace('\\', '/'), checked.getChecksum().getValue());
      }
    }
  }

  private static boolean isClass(String name) {
    return name.endsWith(".class");
  }

  /**
   * Called by a worker before it works.
   *
   * @throws Failure of kind MISMATCH if this process runs other classes
   */
  public void requireInThisProcess() {
    WorkerLibraries own = ofThisProcess();
    if (!own.equals(this)) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "A worker of the cluster has another build of AlexNet (%s) than the command that started this run (%s). Put the command's libraries on every machine of the cluster, restart the cluster, and run the same command again; docs/clusters.md says how"
              .formatted(own, this));
    }
  }

  /** The beginning of the hash, which is enough for people. */
  @Override
  public String toString() {
    return hash.substring(0, Math.min(hash.length(), 12));
  }
}
