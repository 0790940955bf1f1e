package dev.alexnet.tests.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.alexnet.ops.cli.Main;
import dev.alexnet.tests.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
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
    assertThat(names(home)).containsExactly("bin", "completion", "lib");
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
