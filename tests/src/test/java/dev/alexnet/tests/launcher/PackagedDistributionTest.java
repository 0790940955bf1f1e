package dev.alexnet.tests.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.alexnet.ops.cli.Main;
import dev.alexnet.tests.Repository;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnJre;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** The distribution that Maven has laid out and packed. */
class PackagedDistributionTest {
  @TempDir Path temporary;

  /** The library of the distribution, from which the tests run if this build has packaged it. */
  private static Path library() throws Exception {
    Path jar = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    assumeTrue(Files.isRegularFile(jar), "mvn test packages nothing (mvn verify does)");
    return jar.getParent();
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void assertStarts(Path script) throws Exception {
    Launcher launcher =
        new Launcher(
            script.toString(),
            temporary,
            Map.of(
                "PATH", System.getenv("PATH"),
                "JAVA_HOME", System.getProperty("java.home")));
    StartedLauncher.Ended ended = launcher.run("--help");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out()).startsWith("Usage: alexnet [-hV] [COMMAND]");
  }

  @Test
  void distribution_ofTheBuild_hasItsScriptAndLibrariesAndStarts() throws Exception {
    Path library = library();
    Path home = library.getParent();
    assertThat(home).isEqualTo(Repository.root().resolve("ops/target/distribution"));
    // ./alexnet adds the archive of classes.
    assertThat(names(home))
        .filteredOn(name -> !name.equals("classes.jsa"))
        .containsExactly("bin", "completion", "lib");
    assertThat(home.resolve("completion/alexnet.bash")).isNotEmptyFile();
    assertThat(names(home.resolve("bin"))).containsExactly("alexnet");
    assertThat(home.resolve("bin/alexnet"))
        .isExecutable()
        .hasSameBinaryContentAs(Distribution.source());
    assertThat(names(library))
        .allMatch(name -> name.endsWith(".jar"))
        .filteredOn(name -> name.startsWith("alexnet-"))
        .extracting(name -> name.replaceFirst("-\\d.*", ""))
        .containsExactly("alexnet-infra", "alexnet-model", "alexnet-ops", "alexnet-pipelines");
    assertStarts(home.resolve("bin/alexnet"));
  }

  @Test
  void start_afterItsClassesWereArchived_readsThemAndEndsWell() throws Exception {
    Path home = copy("home");
    Path loaded = temporary.resolve("loaded.txt");

    StartedLauncher.Ended writing = doctor(home, "ALEXNET_CLASS_ARCHIVE", "write");
    StartedLauncher.Ended reading =
        doctor(home, "ALEXNET_JAVA_OPTIONS", "-Xlog:class+load:file=" + loaded);

    // A crash of Java is told on standard output.
    assertThat(writing.exitCode()).as(writing.out() + writing.err()).isZero();
    assertThat(reading.exitCode()).as(reading.out() + reading.err()).isZero();
    assertThat(names(home)).containsExactly("bin", "classes.jsa", "lib");
    assertThat(loaded)
        .content()
        .contains(Main.class.getName() + " source: shared objects file")
        .contains("org.tensorflow.TensorFlow source: shared objects file");
  }

  @Test
  @EnabledOnJre(JRE.JAVA_17)
  void start_toArchiveClassesInAPathWithABlank_saysThatJava17CannotAndKeepsNothing()
      throws Exception {
    Path home = copy("a b");

    StartedLauncher.Ended ended = doctor(home, "ALEXNET_CLASS_ARCHIVE", "write");

    assertThat(ended.exitCode()).isEqualTo(78);
    assertThat(ended.err())
        .matches(
            "alexnet: this Java \\(17[.0-9]*\\) cannot keep classes of libraries in .*/a b/lib; "
                + "move the distribution to a path without blanks and special characters, "
                + "or use a newer Java\n");
    assertThat(names(home)).containsExactly("bin", "lib");
  }

  private StartedLauncher.Ended doctor(Path home, String variable, String value) throws Exception {
    return new Launcher(
            home.resolve("bin/alexnet").toString(),
            temporary,
            Map.of("PATH", System.getenv("PATH"), "JAVA_HOME", System.getProperty("java.home")))
        .with(variable, value)
        .run("doctor", "--arithmetic", "none", "--output", home.toString());
  }

  /** The build's distribution in another directory; its libraries are not copied if possible. */
  private Path copy(String name) throws Exception {
    Path home = Files.createDirectory(temporary.resolve(name));
    Path copied = Files.createDirectory(home.resolve("lib"));
    Path library = library();
    for (String jar : names(library)) {
      link(library.resolve(jar), copied.resolve(jar));
    }
    Files.copy(
        Distribution.source(),
        Files.createDirectory(home.resolve("bin")).resolve("alexnet"),
        StandardCopyOption.COPY_ATTRIBUTES);
    return home;
  }

  private static void link(Path file, Path another) throws IOException {
    try {
      Files.createLink(another, file);
    } catch (FileSystemException e) {
      // It is on another file system.
      Files.copy(file, another);
    }
  }

  @Test
  @EnabledIfSystemProperty(
      named = "alexnet.archive",
      matches = ".+",
      disabledReason = "only -Pdist packs the distribution")
  void archive_unpacked_isTheDistributionWithDocumentsAndStarts() throws Exception {
    Path archive = Path.of(System.getProperty("alexnet.archive"));
    assertThat(Files.readString(Repository.root().resolve("README.md")))
        .contains("`mvn -Pdist -DskipTests package`", "`ops/target/" + archive.getFileName() + "`");
    Path destination = Files.createDirectory(temporary.resolve("a b"));
    Process unpacking =
        new ProcessBuilder("tar", "-xzf", archive.toString())
            .directory(destination.toFile())
            .inheritIO()
            .start();
    assertThat(unpacking.waitFor()).isZero();
    Path home =
        destination.resolve(archive.getFileName().toString().replaceFirst("\\.tar\\.gz$", ""));
    assertThat(names(destination)).containsExactly(home.getFileName().toString());
    assertThat(names(home))
        .containsExactly(
            "CHANGES.md",
            "CONTRIBUTING.md",
            "LICENSE",
            "README.md",
            "bin",
            "completion",
            "docs",
            "experiments",
            "lib");
    assertThat(names(home.resolve("lib"))).isEqualTo(names(library()));
    assertThat(names(home.resolve("bin"))).containsExactly("alexnet");
    assertStarts(home.resolve("bin/alexnet"));
  }
}
