package dev.alexnet.ops.doctor;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alexnet.infra.json.Json;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Google's REST APIs. A request is made once: nothing is tried again, and nothing waits longer than
 * the time-out.
 */
public final class CloudApi {
  /**
   * System property with the address of a server that stands in for all of Google's, such as {@code
   * http://localhost:8080}; the API's host is then the first part of the path. No real credentials
   * are sent there.
   */
  static final String ENDPOINT = "alexnet.cloud.endpoint";

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final CloudCredentials credentials;
  private final String endpoint;
  private final Duration timeout;
  private HttpClient client;

  @Inject
  public CloudApi() {
    this(System.getProperty(ENDPOINT, ""));
  }

  private CloudApi(String endpoint) {
    this(
        endpoint.isEmpty() ? new ApplicationDefaultCredentials() : new NoRealCredentials(),
        endpoint,
        TIMEOUT);
  }

  /**
   * @param endpoint what stands in for Google's servers; empty for those
   */
  CloudApi(CloudCredentials credentials, String endpoint, Duration timeout) {
    this.credentials = requireNonNull(credentials, "credentials is null");
    this.endpoint = requireNonNull(endpoint, "endpoint is null");
    this.timeout = requireNonNull(timeout, "timeout is null");
  }

  private record NoRealCredentials() implements CloudCredentials {
    @Override
    public Map<String, List<String>> headers(URI request) {
      return Map.of("Authorization", List.of("Bearer none"));
    }

    @Override
    public String account() {
      return "";
    }
  }

  /**
   * @param service such as {@code compute.googleapis.com}
   * @param path with its query
   * @throws CloudException if no answer came, or one that is an error
   */
  JsonNode get(String service, String path) {
    return answer(service, request(service, path).GET());
  }

  /** Sends a JSON body. */
  JsonNode post(String service, String path, Object body) {
    return answer(
        service,
        request(service, path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(Json.line(body))));
  }

  /**
   * The e-mail address of the account that asks; empty where nobody tells. Makes a request only if
   * the credentials do not tell.
   */
  String account() {
    String service = "oauth2.googleapis.com";
    Map<String, List<String>> headers = headers(service, uri(service, "/tokeninfo"));
    if (!credentials.account().isEmpty()) {
      return credentials.account();
    }
    String token = headers.get("Authorization").get(0).replaceFirst("^Bearer ", "");
    // In the body, because addresses end up in logs.
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(service, "/tokeninfo"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("access_token=" + UrlText.encode(token)));
    try {
      return answer(service, request).path("email").asText();
    } catch (CloudException e) {
      if (e.kind() == CloudException.Cause.REFUSED && e.status() == 400) {
        throw CloudException.unauthenticated(service, e.getMessage());
      }
      if (e.endsChecks()) {
        throw e;
      }
      return "";
    }
  }

  private URI uri(String service, String path) {
    return URI.create(
        endpoint.isEmpty() ? "https://" + service + path : endpoint + "/" + service + path);
  }

  private HttpRequest.Builder request(String service, String path) {
    URI uri = uri(service, path);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    headers(service, uri)
        .forEach((name, values) -> values.forEach(value -> request.header(name, value)));
    return request;
  }

  private Map<String, List<String>> headers(String service, URI uri) {
    // The library waits longer than we do, and tries again.
    CompletableFuture<Map<String, List<String>>> headers =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return credentials.headers(uri);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    try {
      return headers.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw CloudException.unreachable(service, "no access token came within " + limit());
    } catch (InterruptedException e) {
      throw interrupted(service);
    } catch (ExecutionException e) {
      throw isNetwork(e)
          ? CloudException.unreachable(service, "no access token could be fetched: " + cause(e))
          : CloudException.unauthenticated(service, cause(e));
    }
  }

  private JsonNode answer(String service, HttpRequest.Builder request) {
    return CloudAnswer.read(service, send(service, request.build()));
  }

  private HttpResponse<byte[]> send(String service, HttpRequest request) {
    // A time-out of the request itself ends with the answer's head, and a body can stall.
    CompletableFuture<HttpResponse<byte[]>> answer =
        client().sendAsync(request, BodyHandlers.ofByteArray());
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw CloudException.unreachable(service, "no answer came within " + limit());
    } catch (InterruptedException e) {
      throw interrupted(service);
    } catch (ExecutionException e) {
      throw CloudException.unreachable(service, cause(e));
    } finally {
      answer.cancel(true);
    }
  }

  private synchronized HttpClient client() {
    if (client == null) {
      client = HttpClient.newHttpClient();
    }
    return client;
  }

  private String limit() {
    return BigDecimal.valueOf(timeout.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
  }

  private static CloudException interrupted(String service) {
    Thread.currentThread().interrupt();
    return CloudException.unreachable(service, "the request was interrupted");
  }

  private static boolean isNetwork(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException
          || cause instanceof SocketException
          || cause instanceof SocketTimeoutException) {
        return true;
      }
    }
    return false;
  }

  /** The innermost cause, in words; many have no message. */
  private static String cause(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof UnresolvedAddressException) {
      return "its address is not known";
    }
    String message = cause.getMessage();
    if (message == null) {
      return cause.getClass().getSimpleName();
    }
    return cause instanceof UnknownHostException ? "the host " + message + " is unknown" : message;
  }
}
