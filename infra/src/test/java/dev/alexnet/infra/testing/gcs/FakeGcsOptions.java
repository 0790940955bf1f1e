package dev.alexnet.infra.testing.gcs;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How a fake is set up.
 *
 * @param port 0 for a free one
 * @param page how many entries a page of a listing has at most
 * @param latency how long each response is delayed
 * @param directory an existing directory for contents, instead of memory; objects do not outlive
 *     the fake even so
 */
public record FakeGcsOptions(int port, int page, Duration latency, Optional<Path> directory) {
  public static FakeGcsOptions standard() {
    return new FakeGcsOptions(0, 1000, Duration.ZERO, Optional.empty());
  }

  public FakeGcsOptions withPort(int newPort) {
    return new FakeGcsOptions(newPort, page, latency, directory);
  }

  public FakeGcsOptions withPage(int newPage) {
    return new FakeGcsOptions(port, newPage, latency, directory);
  }

  public FakeGcsOptions withLatency(Duration newLatency) {
    return new FakeGcsOptions(port, page, newLatency, directory);
  }

  public FakeGcsOptions withDirectory(Path newDirectory) {
    return new FakeGcsOptions(port, page, latency, Optional.of(newDirectory));
  }
}
