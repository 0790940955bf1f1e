package dev.alexnet.tests.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.alexnet.tests.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A bundle of the distribution that an image was made of, on a machine without Java. */
@Tag("image")
@EnabledIfSystemProperty(
    named = "alexnet.image.tar",
    matches = ".+",
    disabledReason = "no -Dalexnet.image.tar=FILE names an image")
class BundleTest {
  @TempDir Path directory;

  private static String succeed(Process process) throws Exception {
    String out = String.join("\n", process.inputReader().lines().toList());
    String err = String.join("\n", process.errorReader().lines().toList());
    assertThat(process.waitFor()).as(err).isZero();
    return out;
  }

  @Test
  void bundle_joinedWithoutNetworkOrJava_runsASmallJob() throws Exception {
    Path system =
        UnpackedImage.bareSystem(Path.of(System.getProperty("alexnet.image.tar")), directory);
    ChangedRoot root = ChangedRoot.at(system);
    assumeTrue(root != null, "this machine allows neither user namespaces nor another root");
    Path media = system.resolve("media");
    ProcessBuilder packing =
        new ProcessBuilder(
            Repository.root().resolve("ops/target/distribution/bin/alexnet").toString(),
            "bundle",
            "--cpu",
            "--output",
            media.toString(),
            "--part-size",
            "60M");
    packing.environment().put("JAVA_HOME", System.getProperty("java.home"));
    assertThat(succeed(packing.start())).startsWith("alexnet-cpu in ");
    assertThat(media.resolve("alexnet-cpu.part-001")).hasSize(60 << 20);

    Map<String, String> environment = Map.of("PATH", "/bin", "HOME", "/tmp");
    assertThat(succeed(root.start(environment, List.of("/bin/sh", "/media/join", "/tmp"))))
        .endsWith("Start /tmp/alexnet-cpu/alexnet");
    TinyJob.write(system.resolve("tmp/job.yaml"), 10);
    assertThat(
            succeed(
                root.start(
                    environment,
                    List.of(
                        "/tmp/alexnet-cpu/alexnet",
                        "run",
                        "--config",
                        "job.yaml",
                        "--workdir",
                        "first"))))
        .contains("Done in first: top-1 error ");
    assertThat(system.resolve("tmp/first/scores/scores.json")).isNotEmptyFile();
    assertThat(Files.isDirectory(system.resolve("opt/java"))).isFalse();
  }
}
