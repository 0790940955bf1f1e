package dev.alexnet.tests.benchmark;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alexnet.tests.Repository;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Training steps of Python TensorFlow in a process of its own, on demand: see {@code
 * training_step_peer.py}. The system property {@code alexnet.python}, or the environment's {@code
 * ALEXNET_PYTHON}, names a Python that has TensorFlow.
 */
final class PythonPeer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final OutputStream orders;
  private final BufferedReader answers;

  private PythonPeer(Process process) {
    this.process = process;
    this.orders = process.getOutputStream();
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Starts the peer and runs a first step. Without such a Python the test is skipped. */
  static PythonPeer start(int batch, int devices) throws IOException {
    String python = System.getProperty("alexnet.python", System.getenv("ALEXNET_PYTHON"));
    assumeTrue(
        python != null && Files.isExecutable(Path.of(python)),
        "-Dalexnet.python names no Python that has TensorFlow");
    Path script = Repository.root().resolve("tests/src/test/python/training_step_peer.py");
    ProcessBuilder builder =
        new ProcessBuilder(
            python, script.toString(), Integer.toString(batch), Integer.toString(devices));
    builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "2");
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    PythonPeer peer = new PythonPeer(builder.start());
    peer.step();
    return peer;
  }

  /** Runs a step and returns its seconds. */
  double step() throws IOException {
    orders.write("1\n".getBytes(StandardCharsets.UTF_8));
    orders.flush();
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("The Python peer ended; run its script by hand to see why");
    }
    JsonNode seconds = JSON.readTree(answer).get("seconds");
    return seconds.get(0).asDouble();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
