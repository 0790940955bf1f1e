package dev.alexnet.tests.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** When ./alexnet builds, and how it starts the distribution. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CheckoutLauncherTest {
  private static final String BUILDING =
      "alexnet: building; the first build downloads libraries and takes minutes\n";

  @TempDir Path temporary;

  private Programs programs;
  private Checkout checkout;
  private Launcher launcher;

  @BeforeEach
  void checkOut() throws IOException {
    temporary = temporary.toRealPath();
    programs = Programs.in(temporary.resolve("programs")).script("java", Programs.JAVA);
    programs.with("cat", "cp", "find", "head", "mkdir", "mv", "readlink", "rm");
    programs.with("rmdir", "sed", "sleep");
    checkout = Checkout.in(temporary.resolve("a b"), programs);
    Files.createFile(checkout.root().resolve("libraries/alexnet-ops-1.jar"));
    launcher =
        new Launcher(
            checkout.script().toString(),
            temporary,
            Map.of("PATH", programs.directory().toString()));
  }

  private void assertStarts(Launcher started, String err) throws Exception {
    StartedLauncher.Ended ended = started.run("a  b", "*");
    assertThat(ended.err()).isEqualTo(err);
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out())
        .endsWith(
            "<-cp>",
            "<" + checkout.target() + "/distribution/lib/alexnet-ops-1.jar>",
            "<dev.alexnet.ops.cli.Main>",
            "<a  b>",
            "<*>");
  }

  private void assertFails(Launcher started, int exitCode, String err) throws Exception {
    StartedLauncher.Ended ended = started.run("--help");
    assertThat(ended.err()).isEqualTo(err);
    assertThat(ended.exitCode()).isEqualTo(exitCode);
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void start_twice_buildsOnce() throws Exception {
    assertStarts(launcher, BUILDING);
    assertStarts(launcher, "");
    assertThat(checkout.builds())
        .containsExactly(
            checkout.root()
                + " -q -B -Dstyle.color=never -DskipTests -Dspotless.check.skip=true -pl ops -am"
                + " package");
  }

  @ParameterizedTest
  @FieldSource("dev.alexnet.tests.launcher.Checkout#SOURCES")
  void start_aSourceThatIsNewer_buildsOnce(String source) throws Exception {
    assertStarts(launcher, BUILDING);
    checkout.age();
    assertStarts(launcher, "");
    checkout.touch(source);
    assertStarts(launcher, BUILDING);
    assertStarts(launcher, "");
    assertThat(checkout.builds()).hasSize(2);
  }

  @Test
  void start_aSourceThatIsGone_buildsOnce() throws Exception {
    assertStarts(launcher, BUILDING);
    checkout.age();
    Files.delete(checkout.root().resolve("model/src/main/java/A.java"));
    assertStarts(launcher, BUILDING);
    assertStarts(launcher, "");
  }

  @Test
  void start_aDistributionThatIsGone_buildsOnce() throws Exception {
    assertStarts(launcher, BUILDING);
    Files.delete(checkout.target().resolve("distribution/bin/alexnet"));
    assertStarts(launcher, BUILDING);
    assertStarts(launcher, "");
  }

  @Test
  void start_otherProfiles_buildsWithThem() throws Exception {
    assertStarts(launcher, BUILDING);
    Launcher gpu = launcher.with("ALEXNET_PROFILES", "gpu,runner-flink");
    assertStarts(gpu, BUILDING.replace(";", " with gpu,runner-flink;"));
    assertStarts(gpu, "");
    assertThat(checkout.builds()).hasSize(2);
    assertThat(checkout.builds().get(1)).endsWith("-Pgpu,runner-flink -pl ops -am package");
    assertStarts(launcher, BUILDING);
  }

  @Test
  void start_twoAtOnce_buildOnce() throws Exception {
    Path obstacle = checkout.holdBuilds();
    StartedLauncher first = launcher.start("first");
    first.awaitSaying("held");
    StartedLauncher second = launcher.start("second");
    second.awaitSaying(
        "alexnet: waiting for another build (if there is none, remove " + checkout.lock() + "*)");
    Files.writeString(obstacle, "go\n");
    assertThat(first.await().out()).endsWith("<first>");
    assertThat(second.await().out()).endsWith("<second>");
    assertThat(checkout.builds()).hasSize(1);
    assertThat(checkout.lock()).doesNotExist();
  }

  @Test
  void start_severalThatFindAnAbandonedLock_buildOnce() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    Files.createDirectories(checkout.lock());
    Files.writeString(checkout.lock().resolve("process"), ended.pid() + "\n");
    List<StartedLauncher> all =
        List.of(launcher.start(), launcher.start(), launcher.start(), launcher.start());
    for (StartedLauncher started : all) {
      assertThat(started.await().exitCode()).isZero();
    }
    assertThat(checkout.builds()).hasSize(1);
    assertThat(checkout.target()).isDirectoryNotContaining("glob:**launcher.lock*");
  }

  @Test
  void start_buildThatFails_exitsWith70AndTheNextBuildsAgain() throws Exception {
    checkout.breakBuilds(true);
    assertFails(launcher, 70, BUILDING + "no symbol\nalexnet: the build failed, see above\n");
    assertThat(checkout.lock()).doesNotExist();
    checkout.breakBuilds(false);
    assertStarts(launcher, BUILDING);
  }

  @Test
  void start_terminatedInABuild_exitsWith143AndTheNextBuildsAgain() throws Exception {
    Path obstacle = checkout.holdBuilds();
    StartedLauncher stopped = launcher.start();
    stopped.awaitSaying("held");
    stopped.terminate();
    Files.writeString(obstacle, "go\n");
    assertThat(stopped.await().exitCode()).isEqualTo(143);
    assertThat(checkout.lock()).doesNotExist();
    Files.delete(obstacle);
    assertStarts(launcher, BUILDING);
  }

  @Test
  void start_withoutMaven_exitsWith78() throws Exception {
    Files.delete(programs.directory().resolve("mvn"));
    assertFails(
        launcher,
        78,
        "alexnet: the program is not built, and Maven is missing: there is no mvn on the PATH."
            + " Install Maven 3.8 or newer\n");
    assertThat(checkout.lock()).doesNotExist();
  }

  @Test
  void start_withoutTheRightJava_exitsWith78AndBuildsNothing() throws Exception {
    programs.script("java", Programs.JAVA.replace("21.0.2", "11.0.2"));
    assertFails(
        launcher,
        78,
        "alexnet: "
            + programs.directory()
            + "/java is version 11.0.2; install Java 17 or newer, or set JAVA_HOME\n");
    Files.delete(programs.directory().resolve("java"));
    assertFails(
        launcher,
        78,
        "alexnet: Java is missing: there is no java on the PATH. Install Java 17 or newer, or set"
            + " JAVA_HOME\n");
    assertThat(checkout.builds()).isEmpty();
    assertThat(checkout.target()).doesNotExist();
  }

  @Test
  void start_withoutTheRightToBuild_exitsWith77() throws Exception {
    Files.createDirectories(checkout.target());
    Files.setPosixFilePermissions(checkout.target(), PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeFalse(Files.isWritable(checkout.target()), "root may write everywhere");
    assertFails(
        launcher,
        77,
        "alexnet: a build is needed, but you may not write to "
            + checkout.target()
            + "; run this once as the owner of the checkout\n");
  }

  @Test
  void start_bySymbolicLinks_isTheCheckout() throws Exception {
    assertStarts(launcher, BUILDING);
    Path links = Files.createDirectory(temporary.resolve("links"));
    Path absolute = Files.createSymbolicLink(links.resolve("absolute"), checkout.script());
    Path relative = Files.createSymbolicLink(links.resolve("relative"), Path.of("../a b/alexnet"));
    Path chain = Files.createSymbolicLink(links.resolve("chain"), Path.of("relative"));
    for (Path link : List.of(absolute, relative, chain)) {
      assertStarts(launcher.as(link), "");
    }
    assertStarts(launcher.with("CDPATH", links.toString()).as("a b/alexnet"), "");
    assertStarts(launcher.in(checkout.root()).as("./alexnet"), "");
  }

  @Test
  void start_whatIsBuilt_isTheProcessOfJavaInTheSameDirectory() throws Exception {
    assertStarts(launcher, BUILDING);
    StartedLauncher started = launcher.start();
    assertThat(started.await().out()).contains("process " + started.id(), "directory " + temporary);
  }
}
