package dev.alexnet.infra.libraries;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerLibrariesTest {
  @TempDir Path directory;

  @Test
  void of_jarOfADirectory_isThatOfTheDirectory() throws Exception {
    Path classes = module("classes", "a/One.class", "a/b/Two.class", "notes.txt");

    assertThat(of(jar(classes))).isEqualTo(of(classes));
  }

  @Test
  void of_modulesInAnotherOrder_isTheSame() throws Exception {
    Path one = module("one", "One.class");
    Path two = module("two", "Two.class");

    assertThat(of(one, two)).isEqualTo(of(two, one)).isNotEqualTo(of(one));
  }

  @Test
  void of_oneByteOfAClassChanged_isAnother() throws Exception {
    Path classes = module("classes", "One.class");
    WorkerLibraries before = of(classes);
    Files.writeString(classes.resolve("One.class"), "one.class");

    assertThat(of(classes)).isNotEqualTo(before);
  }

  @Test
  void of_classesThatNoWorkerRuns_doNotCount() throws Exception {
    Path classes = module("classes", "One.class");
    Path others = Files.createDirectories(directory.resolve("others"));
    Files.writeString(others.resolve("Test.class"), "test");

    assertThat(of(classes, others)).isEqualTo(of(classes));
  }

  @Test
  void requireInThisProcess_sameClasses_passes() {
    WorkerLibraries.ofThisProcess().requireInThisProcess();
  }

  @Test
  void requireInThisProcess_otherClasses_namesBothBuilds() {
    WorkerLibraries other = new WorkerLibraries("0123456789abcdef");

    assertThatFailure(other::requireInThisProcess)
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessage(
            "A worker of the cluster has another build of AlexNet (%s) than the command that started this run (0123456789ab). Put the command's libraries on every machine of the cluster, restart the cluster, and run the same command again; docs/clusters.md says how"
                .formatted(WorkerLibraries.ofThisProcess()));
  }

  /** Each class has its name as its content. */
  private Path module(String name, String... classes) throws IOException {
    Path root = directory.resolve(name);
    for (String file :
        Stream.concat(Stream.of(WorkerLibraries.MARKER), Stream.of(classes)).toList()) {
      Files.createDirectories(root.resolve(file).getParent());
      Files.writeString(root.resolve(file), file);
    }
    return root;
  }

  private Path jar(Path classes) throws IOException {
    Path jar = directory.resolve("library.jar");
    List<Path> files;
    try (Stream<Path> all = Files.walk(classes)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(file)) {
      for (Path each : files) {
        entries.putNextEntry(new JarEntry(classes.relativize(each).toString()));
        Files.copy(each, entries);
        entries.closeEntry();
      }
    }
    return jar;
  }

  private static WorkerLibraries of(Path... classPath) throws IOException {
    URL[] urls = new URL[classPath.length];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = classPath[i].toUri().toURL();
    }
    try (URLClassLoader loader = new URLClassLoader(urls, null)) {
      return WorkerLibraries.of(loader);
    }
  }
}
