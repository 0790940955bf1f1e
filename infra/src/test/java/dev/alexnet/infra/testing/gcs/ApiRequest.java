package dev.alexnet.infra.testing.gcs;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * A request to the JSON API.
 *
 * @param name of the object, or prefix of a listing; empty if there is none
 * @param target name of the object that it is copied to; empty if it is not copied
 * @param damage to the content that is uploaded
 */
record ApiRequest(
    String method,
    String path,
    RequestKind kind,
    String bucket,
    String name,
    String target,
    Map<String, String> query,
    HttpExchange exchange,
    Damage damage) {
  private static final Pattern PATH =
      Pattern.compile(
          "/(?<host>download/|upload/|)storage/v1/b/(?<bucket>[^/]+)"
              + "(?<objects>/o(?:/(?<name>[^/]+)(?:(?<verb>/compose)"
              + "|/rewriteTo/b/\\k<bucket>/o/(?<target>[^/]+))?)?)?");

  static ApiRequest of(HttpExchange exchange) {
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().getRawPath();
    Map<String, String> query = queryOf(exchange.getRequestURI().getRawQuery());
    Matcher parts = PATH.matcher(path);
    if (!parts.matches()) {
      return new ApiRequest(
          method, path, RequestKind.OTHER, "", "", "", query, exchange, new Damage());
    }
    RequestKind kind = kindOf(method, parts, query, exchange.getRequestHeaders());
    String name = decoded(parts, "name");
    if (kind == RequestKind.LIST) {
      name = query.getOrDefault("prefix", "");
    }
    return new ApiRequest(
        method,
        path,
        kind,
        decoded(parts, "bucket"),
        name,
        decoded(parts, "target"),
        query,
        exchange,
        new Damage());
  }

  private static String decoded(Matcher parts, String group) {
    return parts.group(group) == null ? "" : decode(parts.group(group));
  }

  private static RequestKind kindOf(
      String method, Matcher parts, Map<String, String> query, Headers headers) {
    boolean hasName = parts.group("name") != null;
    boolean composes = parts.group("verb") != null;
    boolean copies = parts.group("target") != null;
    boolean uploads = parts.group("host").equals("upload/") && !hasName;
    if (parts.group("objects") == null) {
      return method.equals("GET") ? RequestKind.BUCKET : RequestKind.OTHER;
    }
    if (uploads) {
      return uploadKindOf(method, query, headers);
    }
    return switch (method) {
      case "GET" ->
          !hasName
              ? RequestKind.LIST
              : "media".equals(query.get("alt")) ? RequestKind.MEDIA : RequestKind.METADATA;
      case "DELETE" -> hasName && !composes && !copies ? RequestKind.DELETE : RequestKind.OTHER;
      case "POST" -> composes ? RequestKind.COMPOSE : copies ? RequestKind.COPY : RequestKind.OTHER;
      default -> RequestKind.OTHER;
    };
  }

  private static RequestKind uploadKindOf(
      String method, Map<String, String> query, Headers headers) {
    boolean resuming = query.containsKey("upload_id");
    return switch (method) {
      case "POST" ->
          "resumable".equals(query.get("uploadType"))
              ? RequestKind.UPLOAD_START
              : RequestKind.UPLOAD;
      case "PUT" ->
          !resuming
              ? RequestKind.OTHER
              : "bytes */*".equals(headers.getFirst("Content-Range"))
                  ? RequestKind.UPLOAD_QUERY
                  : RequestKind.UPLOAD_CHUNK;
      case "DELETE" -> resuming ? RequestKind.UPLOAD_CANCEL : RequestKind.OTHER;
      default -> RequestKind.OTHER;
    };
  }

  private static Map<String, String> queryOf(String raw) {
    Map<String, String> query = new HashMap<>();
    for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      if (pair.isEmpty()) {
        continue;
      }
      query.put(parts[0], parts.length > 1 ? decode(parts[1]) : "");
    }
    return query;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  Optional<String> header(String header) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(header));
  }

  /** The number in the query, which is refused unless it is one. */
  Optional<Long> number(String parameter) {
    try {
      return Optional.ofNullable(query.get(parameter)).map(Long::valueOf);
    } catch (NumberFormatException e) {
      throw new Refusal(400, "Invalid value for " + parameter + ": " + query.get(parameter));
    }
  }

  boolean hasBody() {
    return header("Transfer-Encoding").isPresent()
        || header("Content-Length").filter(length -> !length.equals("0")).isPresent();
  }

  /** The body as it was before the client compressed it. Closing it does nothing. */
  InputStream body() throws IOException {
    InputStream body = new ShortStream(exchange.getRequestBody(), Long.MAX_VALUE);
    return header("Content-Encoding").filter("gzip"::equals).isPresent()
        ? new GZIPInputStream(body)
        : body;
  }

  /** Discards bytes of the body. The server's own stream would count them again. */
  void skip(long count) throws IOException {
    new ShortStream(body(), count).transferTo(OutputStream.nullOutputStream());
  }

  /** Method, path and, for reads, the range. */
  String summary() {
    return method + " " + path + header("Range").map(range -> " " + range).orElse("");
  }
}
