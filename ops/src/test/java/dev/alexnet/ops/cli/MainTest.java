package dev.alexnet.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What only a process of its own shows. */
class MainTest {

  private static String shell(String script) throws Exception {
    ProcessBuilder shell =
        new ProcessBuilder("bash", "-c", script, "bash").redirectErrorStream(true);
    shell
        .environment()
        .put("JAVA", Path.of(System.getProperty("java.home"), "bin", "java").toString());
    shell.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    shell.environment().put("MAIN", Main.class.getName());
    Process process = shell.start();
    String shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return shown;
  }

  @Test
  void main_readerThatHasEnded_endsQuietly() throws Exception {
    assertThat(shell("\"$JAVA\" \"$MAIN\" --version | true; echo \"${PIPESTATUS[0]}\""))
        .isEqualTo("0\n");
  }
}
