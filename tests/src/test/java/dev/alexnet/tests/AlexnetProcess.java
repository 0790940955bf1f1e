package dev.alexnet.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Runs the command line in its own Java process, started as {@code java -cp} without the launcher
 * unless a builder says otherwise.
 */
public final class AlexnetProcess {
  private final Process process;
  private final Path out;
  private final Path err;

  private AlexnetProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** The exit code and output of a process that has ended. */
  public record Ended(int exitCode, String out, String err) {}

  static AlexnetProcess start(Path directory, List<String> arguments) throws IOException {
    return start(directory, List.of("-Xmx2g"), arguments);
  }

  /**
   * @param options of the Java virtual machine
   */
  static AlexnetProcess start(Path directory, List<String> options, List<String> arguments)
      throws IOException {
    return start(directory, options, arguments, Map.of());
  }

  /**
   * @param environment variables that are added to this process's
   */
  public static AlexnetProcess start(
      Path directory, List<String> options, List<String> arguments, Map<String, String> environment)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Djava.awt.headless=true");
    // A process that is killed leaves its temporary files.
    command.add("-Djava.io.tmpdir=" + directory);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("dev.alexnet.ops.cli.Main");
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "2");
    builder.environment().putAll(environment);
    return of(builder, directory);
  }

  /**
   * Runs the command line as it is installed somewhere.
   *
   * @param directory gets what the process writes
   */
  public static AlexnetProcess of(ProcessBuilder builder, Path directory) throws IOException {
    Path out = Files.createTempFile(directory, "out-", ".txt");
    Path err = Files.createTempFile(directory, "err-", ".txt");
    return new AlexnetProcess(
        builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start(), out, err);
  }

  static Ended run(Path directory, String... arguments) throws IOException, InterruptedException {
    return start(directory, List.of(arguments)).await();
  }

  public Ended await() throws IOException, InterruptedException {
    int exitCode = process.waitFor();
    return new Ended(
        exitCode,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  /**
   * Waits for the process to end, and returns the highest resident memory that was observed, in
   * bytes; 0 if the system does not report it.
   */
  long peakMemory() throws IOException, InterruptedException {
    Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
    long peak = 0;
    while (!process.waitFor(10, TimeUnit.MILLISECONDS)) {
      if (Files.exists(status)) {
        peak = Math.max(peak, peakIn(status));
      }
    }
    return peak;
  }

  private static long peakIn(Path status) {
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElse(0);
    } catch (IOException | UncheckedIOException e) {
      // The process has just ended.
      return 0;
    }
  }

  /**
   * Terminates the process, as {@code kill} does, once it has reached a point.
   *
   * @return its exit code and output; it may have ended by itself before
   */
  public Ended terminateOnce(Reached point) throws IOException, InterruptedException {
    while (!process.waitFor(1, TimeUnit.MILLISECONDS)) {
      if (point.by(this)) {
        // Unlike Process.destroy, this leaves the process's standard input open.
        process.toHandle().destroy();
        break;
      }
    }
    return await();
  }

  /**
   * Sends the process a signal once it has reached a point.
   *
   * @return its exit code and output; it may have ended by itself before
   */
  Ended signalOnce(String name, Reached point) throws IOException, InterruptedException {
    while (!process.waitFor(1, TimeUnit.MILLISECONDS)) {
      if (point.by(this)) {
        signal(name);
        break;
      }
    }
    return await();
  }

  /** Whether a process has reached a point. */
  public interface Reached {
    boolean by(AlexnetProcess running) throws IOException;
  }

  /** Sends the process a signal, such as {@code STOP}. */
  public void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
  }

  /** Whether the process has written a text to standard error. */
  public boolean says(String text) throws IOException {
    return Files.readString(err, StandardCharsets.UTF_8).contains(text);
  }

  /** Whether the process has a file of a directory open; false if the system does not report it. */
  boolean reads(Path directory) {
    Path open = Path.of("/proc", String.valueOf(process.pid()), "fd");
    try (Stream<Path> files = Files.list(open)) {
      for (Path file : files.toList()) {
        if (Files.readSymbolicLink(file).startsWith(directory)) {
          return true;
        }
      }
      return false;
    } catch (IOException | UncheckedIOException e) {
      // The process has just ended, or closed the file.
      return false;
    }
  }

  /**
   * Kills the process and what it started, as {@code kill -9} does, once it has reached a point.
   *
   * @return whether it had to be killed; it may have ended by itself before
   */
  public boolean killOnce(BooleanSupplier reached) throws InterruptedException {
    while (!process.waitFor(1, TimeUnit.MILLISECONDS)) {
      if (reached.getAsBoolean()) {
        List<ProcessHandle> started = process.descendants().toList();
        process.destroyForcibly().waitFor();
        started.forEach(ProcessHandle::destroyForcibly);
        started.forEach(handle -> handle.onExit().join());
        return true;
      }
    }
    return false;
  }

  /**
   * Kills the process, as {@code kill -9} does, unless it ends by itself before.
   *
   * @return whether it had to be killed
   */
  public boolean killAfter(long milliseconds) throws InterruptedException {
    if (process.waitFor(milliseconds, TimeUnit.MILLISECONDS)) {
      return false;
    }
    process.destroyForcibly().waitFor();
    return true;
  }
}
