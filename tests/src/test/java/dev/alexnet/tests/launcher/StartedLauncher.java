package dev.alexnet.tests.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The process of a script whose output fits into a pipe's buffer. */
final class StartedLauncher {
  private final Process process;
  private final BufferedReader err;
  private final StringBuilder said = new StringBuilder();

  StartedLauncher(Process process) {
    this.process = process;
    this.err = process.errorReader(StandardCharsets.UTF_8);
  }

  /** The exit code and output of a process that has ended. */
  record Ended(int exitCode, List<String> out, String err) {}

  long id() {
    return process.pid();
  }

  /** Waits until the process has written a line with the text to standard error. */
  void awaitSaying(String text) throws IOException {
    String line = "";
    while (!line.contains(text)) {
      line = err.readLine();
      assertThat(line).as("a line with '%s' after: %s", text, said).isNotNull();
      said.append(line).append('\n');
    }
  }

  /** Terminates the process, as {@code kill} does. */
  void terminate() {
    // Process.destroy would close the streams too.
    process.toHandle().destroy();
  }

  Ended await() throws IOException, InterruptedException {
    List<String> out = process.inputReader(StandardCharsets.UTF_8).lines().toList();
    err.lines().forEach(line -> said.append(line).append('\n'));
    return new Ended(process.waitFor(), out, said.toString());
  }
}
