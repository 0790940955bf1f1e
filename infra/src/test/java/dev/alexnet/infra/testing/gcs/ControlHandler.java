package dev.alexnet.infra.testing.gcs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a test in another process uses to script and count: {@code GET /_fake/requests}, {@code GET
 * /_fake/counts}, {@code POST /_fake/faults} (one script a line), {@code POST /_fake/reset}, {@code
 * POST /_fake/latency} (milliseconds). Objects without requests: {@code GET /_fake/objects?bucket=}
 * (names and generations), {@code GET} and {@code POST /_fake/content?bucket=&name=}, {@code POST
 * /_fake/rot?bucket=&name=} (the offset). {@code POST /_fake/buckets} creates a bucket.
 */
final class ControlHandler implements HttpHandler {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FakeGcs fake;

  ControlHandler(FakeGcs fake) {
    this.fake = fake;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    try (exchange) {
      byte[] answer;
      int status = 200;
      try {
        answer = answer(ApiRequest.of(exchange), body);
      } catch (RuntimeException e) {
        answer = String.valueOf(e).getBytes(StandardCharsets.UTF_8);
        status = 400;
      }
      exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private byte[] answer(ApiRequest request, byte[] body) throws IOException {
    String text = new String(body, StandardCharsets.UTF_8).strip();
    String bucket = request.query().getOrDefault("bucket", FakeGcs.BUCKET);
    String name = request.query().getOrDefault("name", "");
    return switch (request.method() + " " + request.path()) {
      case "GET /_fake/requests" -> JSON.writeValueAsBytes(fake.requests());
      case "GET /_fake/counts" -> JSON.writeValueAsBytes(counts());
      case "GET /_fake/objects" -> JSON.writeValueAsBytes(objects(bucket));
      case "GET /_fake/content" -> fake.content(bucket, name);
      case "POST /_fake/content" -> done(() -> fake.put(bucket, name, body));
      case "POST /_fake/rot" -> done(() -> fake.rot(bucket, name, Long.parseLong(text)));
      case "POST /_fake/buckets" -> done(() -> fake.createBucket(text));
      case "POST /_fake/faults" ->
          done(() -> text.lines().map(FaultScript::parse).forEach(fake::script));
      case "POST /_fake/latency" ->
          done(() -> fake.setLatency(Duration.ofMillis(Long.parseLong(text))));
      case "POST /_fake/reset" -> done(fake::reset);
      default -> throw new IllegalArgumentException("Unknown: " + request.summary());
    };
  }

  private static byte[] done(Runnable action) {
    action.run();
    return new byte[0];
  }

  private Map<String, Object> counts() {
    Map<String, Object> counts = new LinkedHashMap<>();
    counts.put("requests", fake.counts());
    counts.put("mostInFlight", fake.mostInFlight());
    counts.put("injected", fake.injected());
    counts.put("failures", fake.failures().stream().map(String::valueOf).toList());
    return counts;
  }

  private Map<String, Long> objects(String bucket) {
    Map<String, Long> objects = new LinkedHashMap<>();
    fake.names(bucket, "").forEach(name -> objects.put(name, fake.generation(bucket, name)));
    return objects;
  }
}
