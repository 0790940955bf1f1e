package dev.alexnet.tests.dataflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/**
 * Answers as Dataflow's service does, as far as a client sees it that submits one job, follows it
 * and perhaps cancels it.
 */
final class FakeDataflow implements AutoCloseable {
  static final String JOB = "2026-11-28_01_02_03-4567";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final List<String> messages;
  private volatile String state;

  /**
   * @param state of the job once it is submitted
   * @param messages of the job, which are errors
   */
  FakeDataflow(String state, String... messages) throws IOException {
    this.state = state;
    this.messages = List.of(messages);
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  String address() {
    return "http://localhost:" + server.getAddress().getPort() + "/";
  }

  String state() {
    return state;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode request = MAPPER.readTree(body(exchange));
      String path = exchange.getRequestURI().getPath();
      Object answer;
      if (path.endsWith("/messages")) {
        answer = Map.of("jobMessages", messages.stream().map(FakeDataflow::message).toList());
      } else if (path.endsWith("/metrics")) {
        answer = Map.of("metrics", List.of());
      } else {
        if (exchange.getRequestMethod().equals("PUT")) {
          state = request.path("requestedState").asText();
        }
        answer =
            Map.of(
                "id",
                JOB,
                "projectId",
                "my-project",
                "location",
                "us-central1",
                "currentState",
                state);
      }
      byte[] bytes = MAPPER.writeValueAsBytes(answer);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    InputStream body = exchange.getRequestBody();
    boolean compressed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    return (compressed ? new GZIPInputStream(body) : body).readAllBytes();
  }

  private static Map<String, String> message(String text) {
    return Map.of(
        "id", "1",
        "time", "2026-11-28T01:02:03.456Z",
        "messageImportance", "JOB_MESSAGE_ERROR",
        "messageText", text);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }
}
