package dev.alexnet.infra.testing.gcs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a {@link FakeGcs} until the process is terminated or, with {@code --parent PID}, until that
 * process has ended. Further arguments: {@code --port-file FILE} (where the port is written once it
 * listens), {@code --port N}, {@code --directory DIR} (for contents), {@code --latency-ms N},
 * {@code --page N}, and any number of {@code --bucket NAME} and {@code --fault SCRIPT}, such as
 * {@code UNAVAILABLE@every:3}: see {@link FaultScript}. {@link FakeGcsProcess} starts and controls
 * it.
 */
public final class FakeGcsServer {
  private FakeGcsServer() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    FakeGcsOptions options = FakeGcsOptions.standard();
    Path portFile = null;
    ProcessHandle parent = ProcessHandle.current();
    List<String> buckets = new ArrayList<>();
    List<FaultScript> scripts = new ArrayList<>();
    for (int i = 0; i < arguments.length; i += 2) {
      String value = arguments[i + 1];
      switch (arguments[i]) {
        case "--port-file" -> portFile = Path.of(value);
        case "--parent" -> parent = ProcessHandle.of(Long.parseLong(value)).orElse(parent);
        case "--port" -> options = options.withPort(Integer.parseInt(value));
        case "--directory" -> options = options.withDirectory(Path.of(value));
        case "--latency-ms" ->
            options = options.withLatency(Duration.ofMillis(Long.parseLong(value)));
        case "--page" -> options = options.withPage(Integer.parseInt(value));
        case "--bucket" -> buckets.add(value);
        case "--fault" -> scripts.add(FaultScript.parse(value));
        default -> throw new IllegalArgumentException("Unknown option " + arguments[i]);
      }
    }
    try (FakeGcs fake = new FakeGcs(options)) {
      buckets.forEach(fake::createBucket);
      scripts.forEach(fake::script);
      System.out.println(fake.address());
      if (portFile != null) {
        write(portFile, fake.address().replaceAll(".*:", ""));
      }
      while (parent.isAlive()) {
        Thread.sleep(1000);
      }
    }
  }

  /** It appears whole or not at all. */
  private static void write(Path file, String text) throws IOException {
    Path temporary = Path.of(file + ".new");
    Files.writeString(temporary, text);
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
