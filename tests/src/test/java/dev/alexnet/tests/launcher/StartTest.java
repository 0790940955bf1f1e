package dev.alexnet.tests.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.tests.FileHashes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launchers start the build's distribution with a real Java. */
class StartTest {
  private static final String JOB =
      """
      synth:
        classes: 3
        train-per-class: 60
        val-per-class: 30
      convert:
        size: 56
        shards: 3
      augment:
        copies: 2
        operations: random_crop(48) | flip | colour(0.1)
      train:
        preset: mini
        steps: 150
        batch: 360
        checkpoint-steps: 1000
      """;

  @TempDir Path temporary;

  private Launcher launcher;

  @BeforeEach
  void prepare() throws IOException {
    temporary = temporary.toRealPath();
    launcher =
        new Launcher(
            "",
            temporary,
            Map.of(
                "PATH", System.getenv("PATH"),
                "HOME", System.getProperty("user.home"),
                "JAVA_HOME", System.getProperty("java.home"),
                "ALEXNET_JAVA_OPTIONS", "-Xmx2g -Djava.io.tmpdir=" + temporary));
  }

  @Test
  void help_ofADistributionThatMayOnlyBeRead_isShownAndNothingIsWritten() throws Exception {
    Path home = temporary.resolve("a b");
    Path script = Distribution.ofTheClassPath(home);
    Map<String, String> before = FileHashes.of(home);
    List<Path> all = List.of(home, home.resolve("bin"), home.resolve("lib"));
    for (Path directory : all) {
      assertThat(directory.toFile().setWritable(false)).isTrue();
    }
    StartedLauncher.Ended ended = launcher.as(script).with("LC_ALL", "C").run("--help");
    for (Path directory : all) {
      assertThat(directory.toFile().setWritable(true)).isTrue();
    }
    assertThat(ended.err()).isEmpty();
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out()).startsWith("Usage: alexnet [-hV] [COMMAND]");
    assertThat(FileHashes.of(home)).isEqualTo(before);
  }

  @Test
  void command_withANameBeyondAsciiInThePosixLocale_isNamedAsTyped() throws Exception {
    Path script = Distribution.ofTheClassPath(temporary.resolve("distribution"));
    StartedLauncher.Ended ended =
        launcher.as(script).with("LC_ALL", "POSIX").run("inspect", "grüße *");
    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(66);
    assertThat(ended.err()).contains("grüße *");
  }

  @Test
  void training_thatIsStartedFromACheckoutAndTerminated_exitsWith75() throws Exception {
    Programs programs = Programs.in(temporary.resolve("programs"));
    Checkout checkout = Checkout.in(temporary.resolve("checkout"), programs);
    Path made = Distribution.ofTheClassPath(temporary.resolve("made")).resolveSibling("../lib");
    Files.copy(
        made.resolve("alexnet-ops-1.jar"), checkout.root().resolve("libraries/alexnet-ops-1.jar"));
    Files.writeString(temporary.resolve("job.yaml"), JOB);
    StartedLauncher started =
        launcher
            .as(checkout.script())
            .with("PATH", programs.directory() + ":" + System.getenv("PATH"))
            .start("run", "--config", "job.yaml", "--workdir", "work");
    started.awaitSaying("Step 0: ");
    started.terminate();
    StartedLauncher.Ended ended = started.await();
    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(75);
    assertThat(ended.err()).containsPattern("Stopped as requested after step \\d+ of 150");
    assertThat(checkout.builds()).hasSize(1);
  }
}
