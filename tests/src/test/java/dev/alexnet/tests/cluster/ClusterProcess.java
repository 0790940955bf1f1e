package dev.alexnet.tests.cluster;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** A process of a cluster. */
public final class ClusterProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Process process;
  private final Path log;

  private ClusterProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * @param log of what it writes
   * @param options of the Java virtual machine
   * @param command the main class and its arguments
   * @param environment variables in addition to this process's
   */
  public static ClusterProcess start(
      Path log, List<String> options, List<String> command, Map<String, String> environment)
      throws IOException {
    List<String> withLog = new ArrayList<>(options);
    withLog.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=info");
    withLog.add("-Dorg.slf4j.simpleLogger.log.org.apache.flink=info");
    ProcessBuilder builder =
        BoundJava.builder(log.getParent(), withLog, List.of(), command, environment)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    return new ClusterProcess(builder.start(), log);
  }

  /** Waits until something is true, but not longer than this process runs. */
  public void await(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      if (process.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
        fail("waited in vain for %s; the end of %s:%n%s", what, log, end());
      }
    }
  }

  /** What it has written. */
  public String written() throws IOException {
    return Files.readString(log);
  }

  private String end() throws IOException {
    String text = written();
    return text.substring(Math.max(0, text.length() - 5000));
  }

  public long id() {
    return process.pid();
  }

  /** As {@code kill -9}, its children too: the executors of a worker. */
  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly().onExit().join();
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
