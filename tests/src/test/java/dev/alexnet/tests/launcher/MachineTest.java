package dev.alexnet.tests.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher on machines for which TensorFlow has a build, and on others. */
class MachineTest {
  @TempDir Path temporary;

  private Programs programs;

  @BeforeEach
  void layOut() throws IOException {
    temporary = temporary.toRealPath();
    programs = Programs.in(temporary.resolve("programs")).with("readlink", "sed", "head");
    programs.script("java", Programs.JAVA);
  }

  private StartedLauncher.Ended start(String machine, String build) throws Exception {
    programs.script("uname", "#!/bin/sh\necho " + machine + "\n");
    Path script =
        Distribution.withLibraries(
            temporary.resolve("home"),
            "alexnet-ops-1.jar",
            "tensorflow-core-native-1.1.0.jar",
            "tensorflow-core-native-1.1.0-" + build + ".jar");
    return new Launcher(
            script.toString(), temporary, Map.of("PATH", programs.directory().toString()))
        .run("--help");
  }

  @ParameterizedTest
  @CsvSource({
    "Linux x86_64, linux-x86_64",
    "Linux x86_64, linux-x86_64-gpu",
    "Linux aarch64, linux-arm64",
    "Darwin arm64, macosx-arm64"
  })
  void start_theMachineOfTheBuild_starts(String machine, String build) throws Exception {
    assertThat(start(machine, build).exitCode()).isZero();
  }

  @Test
  void start_anotherMachine_saysWhatItNeeds() throws Exception {
    StartedLauncher.Ended ended = start("Linux aarch64", "linux-x86_64");

    assertThat(ended.exitCode()).isEqualTo(78);
    assertThat(ended.err())
        .isEqualTo(
            "alexnet: the distribution in %s/home has tensorflow-core-native-1.1.0-linux-x86_64.jar, and this machine needs a build for linux-arm64; build it on such a machine: mvn -Pdist -DskipTests package\n"
                .formatted(temporary));
  }

  @Test
  void start_aMachineWithoutABuild_saysWhichHaveOne() throws Exception {
    StartedLauncher.Ended ended = start("Darwin x86_64", "linux-x86_64");

    assertThat(ended.exitCode()).isEqualTo(78);
    assertThat(ended.err())
        .isEqualTo(
            "alexnet: TensorFlow for Java has no build for this machine, Darwin x86_64; it has builds for Linux on x86-64 and ARM64, and for macOS on ARM64\n");
  }
}
