package dev.alexnet.tests.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.tests.launcher.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The time and memory of a program that has finished.
 *
 * @param seconds from its start to its end
 * @param peakMemory its highest resident memory in bytes, as Linux counts it, without its children
 */
record MeasuredProcess(double seconds, long peakMemory) {
  /** Runs a command; it must succeed. */
  static MeasuredProcess run(Path directory, Map<String, String> environment, List<String> command)
      throws Exception {
    Path log = Files.createTempFile(directory, "log-", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    long start = System.nanoTime();
    Process process = builder.start();
    long memory = 0;
    while (!process.waitFor(50, TimeUnit.MILLISECONDS)) {
      memory = Math.max(memory, peakMemory(process.pid()));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    return new MeasuredProcess(seconds, memory);
  }

  /** Runs a command of ours as a distribution's launcher starts it. */
  static MeasuredProcess alexnet(Path directory, List<String> arguments) throws Exception {
    Path launcher =
        Distribution.ofTheClassPath(Files.createTempDirectory(directory, "distribution-"));
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(arguments);
    return run(directory, Map.of("JAVA_HOME", System.getProperty("java.home")), command);
  }

  private static long peakMemory(long process) throws IOException {
    try {
      return Files.readAllLines(Path.of("/proc/" + process + "/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElse(0);
    } catch (NoSuchFileException e) {
      // The process has just ended.
      return 0;
    }
  }
}
