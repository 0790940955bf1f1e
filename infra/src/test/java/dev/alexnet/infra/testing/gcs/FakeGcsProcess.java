package dev.alexnet.infra.testing.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A {@link FakeGcsServer} in a process of its own, so that neither its threads nor its memory are
 * the test's. What it says of requests leaves out those that this class sends.
 */
public final class FakeGcsProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final String address;
  private final HttpClient client = HttpClient.newHttpClient();

  private FakeGcsProcess(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Starts a server and waits until it listens.
   *
   * @param directory an existing one, for its contents, messages and port
   * @param arguments see {@link FakeGcsServer}
   */
  public static FakeGcsProcess start(Path directory, String... arguments) {
    Path portFile = directory.resolve("port");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(FakeGcsServer.class.getName());
    command.addAll(List.of("--parent", String.valueOf(ProcessHandle.current().pid())));
    command.addAll(List.of("--port-file", portFile.toString(), "--directory"));
    try {
      command.add(Files.createDirectories(directory.resolve("contents")).toString());
      command.addAll(Arrays.asList(arguments));
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(directory.resolve("fake-out.txt").toFile())
              .redirectError(directory.resolve("fake-err.txt").toFile())
              .start();
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!Files.exists(portFile)) {
        if (!process.isAlive() || System.nanoTime() > end) {
          process.destroyForcibly();
          throw new IllegalStateException(
              "The fake did not start: " + Files.readString(directory.resolve("fake-err.txt")));
        }
        Thread.onSpinWait();
      }
      return new FakeGcsProcess(process, "http://localhost:" + Files.readString(portFile));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For {@code STORAGE_EMULATOR_HOST}. */
  public String address() {
    return address;
  }

  public void script(FaultScript... scripts) {
    post("faults", Arrays.stream(scripts).map(FaultScript::text).collect(Collectors.joining("\n")));
  }

  public void setLatency(Duration latency) {
    post("latency", String.valueOf(latency.toMillis()));
  }

  public void createBucket(String bucket) {
    post("buckets", bucket);
  }

  /** Forgets scripts and counts, but no objects. */
  public void reset() {
    post("reset", "");
  }

  /** Flips one bit of an object where it is stored. */
  public void rot(String bucket, String name, long offset) {
    post("rot" + query(bucket, name), String.valueOf(offset));
  }

  public void put(String bucket, String name, byte[] content) {
    send(request("content" + query(bucket, name)).POST(BodyPublishers.ofByteArray(content)));
  }

  public byte[] content(String bucket, String name) {
    return get("content" + query(bucket, name));
  }

  /** The live generations of a bucket's objects by name, in the order of a listing. */
  public Map<String, Long> objects(String bucket) {
    Map<String, Long> objects = new LinkedHashMap<>();
    json("objects?bucket=" + bucket)
        .fields()
        .forEachRemaining(entry -> objects.put(entry.getKey(), entry.getValue().asLong()));
    return objects;
  }

  /** Method, path and, for reads, the range of each request so far. */
  public List<String> requests() {
    List<String> requests = new ArrayList<>();
    json("requests").forEach(request -> requests.add(request.asText()));
    return requests;
  }

  public Map<RequestKind, Long> counts() {
    Map<RequestKind, Long> counts = new LinkedHashMap<>();
    json("counts")
        .path("requests")
        .fields()
        .forEachRemaining(
            entry -> counts.put(RequestKind.valueOf(entry.getKey()), entry.getValue().asLong()));
    return counts;
  }

  /** How often each fault happened. */
  public Map<Fault, Long> injected() {
    Map<Fault, Long> injected = new LinkedHashMap<>();
    json("counts")
        .path("injected")
        .fields()
        .forEachRemaining(
            entry -> injected.put(Fault.valueOf(entry.getKey()), entry.getValue().asLong()));
    return injected;
  }

  /** How many requests were served at the same time at most. */
  public int mostInFlight() {
    return json("counts").path("mostInFlight").asInt();
  }

  private static String query(String bucket, String name) {
    // In a query, a plus would be a space, which the fake does not decode.
    String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return "?bucket=" + bucket + "&name=" + encoded;
  }

  private void post(String path, String body) {
    send(request(path).POST(BodyPublishers.ofString(body)));
  }

  private JsonNode json(String path) {
    try {
      return JSON.readTree(get(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] get(String path) {
    return send(request(path).GET());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + "/_fake/" + path));
  }

  private byte[] send(HttpRequest.Builder request) {
    try {
      HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw new IllegalStateException(new String(response.body(), StandardCharsets.UTF_8));
      }
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * @throws IllegalStateException if the fake failed
   */
  @Override
  public void close() {
    JsonNode failures = json("counts").path("failures");
    process.destroyForcibly();
    process.onExit().join();
    if (!failures.isEmpty()) {
      throw new IllegalStateException("The fake failed: " + failures);
    }
  }
}
