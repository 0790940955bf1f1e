package dev.alexnet.ops.runner;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Answers like a Flink cluster. */
final class StubFlink implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, String> answers =
      new TreeMap<>(
          Map.of(
              "/config", "{\"flink-version\":\"1.19.3\"}",
              "/overview", "{\"slots-total\":6}",
              "/jobmanager/environment", "{\"classpath\":[]}"));

  StubFlink() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body =
              answers
                  .getOrDefault(exchange.getRequestURI().getPath(), "")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(body.length == 0 ? 404 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  /** {@code HOST:PORT}. */
  String address() {
    return "localhost:" + server.getAddress().getPort();
  }

  StubFlink answer(String path, String json) {
    answers.put(path, json);
    return this;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
