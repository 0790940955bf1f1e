package dev.alexnet.tests.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.alexnet.tests.Repository;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The image of {@code jib:buildTar}, on a base of this machine's files. */
@Tag("image")
@EnabledIfSystemProperty(
    named = "alexnet.image.tar",
    matches = ".+",
    disabledReason = "no -Dalexnet.image.tar=FILE names an image")
class ImageTest {
  @TempDir static Path directory;

  private static UnpackedImage image;
  private static ChangedRoot root;

  @BeforeAll
  static void unpack() throws Exception {
    image = UnpackedImage.of(Path.of(System.getProperty("alexnet.image.tar")), directory);
    root = ChangedRoot.at(image.root());
  }

  /** Starts what a container of the image starts. */
  private static Process start(String... arguments) throws Exception {
    assumeTrue(root != null, "this machine allows neither user namespaces nor another root");
    List<String> command = new ArrayList<>(image.entryPoint());
    command.addAll(List.of(arguments));
    return root.start(image.environment(), command);
  }

  @Test
  void config_ofTheImage_startsTheLauncherAsNobody() throws IOException {
    assertThat(image.entryPoint()).containsExactly("/opt/alexnet/bin/alexnet");
    assertThat(image.config().get("User").asText())
        .isEqualTo(ChangedRoot.USER + ":" + ChangedRoot.USER);
    assertThat(image.config().get("WorkingDir").asText()).isEqualTo("/tmp");
    assertThat(image.environment())
        .containsEntry("JAVA_HOME", "/opt/java")
        .containsEntry("HOME", "/tmp")
        .containsEntry("LD_LIBRARY_PATH", "/usr/local/nvidia/lib:/usr/local/nvidia/lib64");
    // The options of Java and the environment of native code are nowhere else.
    assertThat(image.root().resolve("opt/alexnet/bin/alexnet"))
        .isExecutable()
        .hasSameBinaryContentAs(Repository.root().resolve("ops/src/dist/bin/alexnet"));
  }

  @Test
  void layers_onTheBase_areNativesThenLibrariesThenOurs() throws IOException {
    assertThat(image.layers()).hasSize(4);
    assertThat(image.layers().get(1))
        .isNotEmpty()
        .allMatch(file -> file.matches("opt/alexnet/native/lib\\w+\\.so(\\.\\d+)*"));
    assertThat(image.layers().get(2))
        .hasSizeGreaterThan(100)
        .allMatch(file -> file.matches("opt/alexnet/lib/(?!alexnet-)[^/]+\\.jar"))
        .noneMatch(file -> file.matches(".*tensorflow-core-native-.*-linux-.*"));
    assertThat(image.layers().get(3))
        .extracting(file -> file.replaceFirst("-\\d.*", ""))
        .containsExactly(
            "opt/alexnet/bin/alexnet",
            "opt/alexnet/lib/alexnet-infra",
            "opt/alexnet/lib/alexnet-model",
            "opt/alexnet/lib/alexnet-ops",
            "opt/alexnet/lib/alexnet-pipelines");
  }

  @Test
  void run_aSmallJob_endsWithItsScores() throws Exception {
    TinyJob.write(image.root().resolve("tmp/job.yaml"), 10);
    Process process = start("run", "--config", "job.yaml", "--workdir", "runs/whole");
    List<String> out = process.inputReader().lines().toList();
    List<String> err = process.errorReader().lines().toList();
    assertThat(process.waitFor()).as(String.join("\n", err)).isZero();
    assertThat(out.get(out.size() - 1)).startsWith("Done in runs/whole: top-1 error ");
    assertThat(err)
        .as("native messages are held back")
        .noneMatch(line -> line.matches(".*(absl|tensorflow/|\\.cc:).*"));
    Path temporary = image.root().resolve("tmp");
    assertThat(temporary.resolve("runs/whole/scores/scores.json")).isNotEmptyFile();
    try (Stream<Path> files = Files.walk(temporary)) {
      assertThat(files)
          .as("natives are not unpacked")
          .noneMatch(file -> file.getFileName().toString().matches("lib.*\\.so.*"));
    }
  }

  @Test
  void run_terminated_endsAfterACheckpoint() throws Exception {
    TinyJob.write(image.root().resolve("tmp/job.yaml"), 100_000);
    Process process = start("run", "--config", "job.yaml", "--workdir", "runs/ended", "--verbose");
    try (BufferedReader err = process.errorReader()) {
      StringBuilder said = new StringBuilder();
      for (String line = ""; !line.contains("] train: 1 of "); line = err.readLine()) {
        assertThat(line).as("a line about the first step after: %s", said).isNotNull();
        said.append(line).append('\n');
      }
      process.toHandle().destroy();
      err.lines().forEach(line -> said.append(line).append('\n'));
      assertThat(process.waitFor()).as(said.toString()).isEqualTo(75);
    }
    assertThat(image.root().resolve("tmp/runs/ended/training/checkpoints")).isNotEmptyDirectory();
  }
}
