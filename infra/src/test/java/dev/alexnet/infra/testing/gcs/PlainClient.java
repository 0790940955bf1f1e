package dev.alexnet.infra.testing.gcs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** Sends requests as they are, without a library that hides what comes back. */
final class PlainClient {
  private final HttpClient client = HttpClient.newHttpClient();
  private final String address;

  PlainClient(String address) {
    this.address = address;
  }

  /**
   * @param headers names and values in turn
   */
  HttpResponse<String> send(String method, String path, byte[] body, String... headers)
      throws IOException {
    URI uri = URI.create(path.startsWith("http") ? path : address + path);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).method(method, BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
    } catch (InterruptedException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  HttpResponse<String> get(String path, String... headers) throws IOException {
    return send("GET", path, new byte[0], headers);
  }

  HttpResponse<String> post(String path, String body, String... headers) throws IOException {
    return send("POST", path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  HttpResponse<String> put(String path, String body, String... headers) throws IOException {
    return send("PUT", path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse(null);
  }
}
