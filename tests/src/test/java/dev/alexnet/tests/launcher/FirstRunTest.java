package dev.alexnet.tests.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.alexnet.ops.cli.Main;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The built-in job as somebody runs it first, on a machine on which nothing was unpacked before.
 */
@Tag("endurance")
class FirstRunTest {
  private static final String OURS =
      "Job .*|\\[\\d/8\\] .*|Converted: .*|Towers on .*|Step 0: .*|Epoch \\d+ of 10: .*|step  .*"
          + "|(synth|convert-train|convert-validation|augment|train|score|similar|report)  +done  .*"
          + "|Done in runs/default: .*|";

  @TempDir Path temporary;

  @Test
  void run_onAFreshMachine_writesFewLinesAndOnlyOurs() throws Exception {
    Path jar = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    assumeTrue(Files.isRegularFile(jar), "mvn test packages nothing (mvn verify does)");
    Path script = jar.resolveSibling("../bin/alexnet").normalize();
    Path home = Files.createDirectory(temporary.resolve("home"));

    List<String> lines = outputOf(script, home, "run");

    assertThat(lines).allMatch(line -> line.matches(OURS)).hasSizeLessThanOrEqualTo(60);
    assertThat(lines).last().asString().startsWith("Done in runs/default: ");
  }

  /** Everything that is written to either stream, as {@code 2>&1} shows it. */
  private List<String> outputOf(Path script, Path home, String... arguments)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(script.toString());
    builder.command().addAll(List.of(arguments));
    builder.environment().clear();
    builder.environment().put("PATH", System.getenv("PATH"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("HOME", home.toString());
    builder.environment().put("ALEXNET_JAVA_OPTIONS", "-Xmx2g -Duser.home=" + home);
    Process process = builder.directory(temporary.toFile()).redirectErrorStream(true).start();
    List<String> lines = process.inputReader(StandardCharsets.UTF_8).lines().toList();
    assertThat(process.waitFor()).as(String.join("\n", lines)).isZero();
    return lines;
  }
}
