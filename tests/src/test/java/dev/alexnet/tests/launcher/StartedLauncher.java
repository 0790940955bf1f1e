package dev.alexnet.tests.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The process of a script whose output fits into a pipe's buffer. */
final class StartedLauncher {
  private final Process process;
  private final BufferedReader err;
  private final StringBuilder said = new StringBuilder();

  private StartedLauncher(Process process, InputStream err) {
    this.process = process;
    this.err = new BufferedReader(new InputStreamReader(err, StandardCharsets.UTF_8));
  }

  /**
   * Starts a script. Its standard error is a named pipe, which ends when nobody writes to it any
   * more: Java closes its own pipe when the process ends, and loses what the script's relay, which
   * ends later, writes then.
   */
  static StartedLauncher start(ProcessBuilder script) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("launcher");
    Path pipe = directory.resolve("errors");
    try {
      assertThat(new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor())
          .isZero();
      // Either end waits for the other to be opened.
      CompletableFuture<InputStream> reading =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return Files.newInputStream(pipe);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      Process process = script.redirectError(pipe.toFile()).start();
      return new StartedLauncher(process, reading.join());
    } finally {
      Files.deleteIfExists(pipe);
      Files.delete(directory);
    }
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
    try (err) {
      err.lines().forEach(line -> said.append(line).append('\n'));
    }
    return new Ended(process.waitFor(), out, said.toString());
  }
}
