package dev.alexnet.infra.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * A fake of Google Cloud Storage's JSON API with one bucket on a free port, as far as {@link
 * GcsStore} uses it. Behaves as <a
 * href="https://cloud.google.com/storage/docs/json_api/v1/objects">the reference</a> says; returns
 * short pages, so that clients have to request the next one.
 */
final class FakeGcs implements AutoCloseable {
  static final String BUCKET = "bucket";

  private static final int PAGE = 10;
  private static final Pattern OBJECT_PATH =
      Pattern.compile("/(?:download/|upload/)?storage/v1/b/([^/]+)/o(?:/([^/]+))?");
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");
  private static final ObjectMapper JSON = new ObjectMapper();

  @SuppressWarnings("ArrayRecordComponent")
  private record StoredObject(byte[] content, long generation) {}

  @SuppressWarnings("ArrayRecordComponent")
  private record Reply(int status, byte[] body) {}

  private record Upload(
      String name, String precondition, String checksum, ByteArrayOutputStream content) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final TreeMap<String, StoredObject> objects = new TreeMap<>(NameOrder.UTF_8);
  private final Map<String, Upload> uploads = new HashMap<>();
  private final Set<Upload> finished = new HashSet<>();
  private final Queue<Integer> refusals = new ArrayDeque<>();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final List<RuntimeException> failures = Collections.synchronizedList(new ArrayList<>());
  private Runnable beforeUpload = () -> {};
  private boolean losingAnswers;
  private long generation = 1_700_000_000_000_000L;

  FakeGcs() {
    // Otherwise the JDK's server delays many responses by 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  String address() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** Responds to the next requests with these statuses, one each, and does nothing else. */
  synchronized void refuseNext(Integer... statuses) {
    refusals.addAll(List.of(statuses));
  }

  /** Runs something when the next upload starts. */
  synchronized void beforeNextUpload(Runnable action) {
    beforeUpload = action;
  }

  /** Does the next upload, but responds with 503. */
  synchronized void loseNextAnswer() {
    losingAnswers = true;
  }

  /** Method, path and, for reads, the range of each request so far. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  synchronized void put(String name, byte[] content) {
    objects.put(name, new StoredObject(content, ++generation));
  }

  private void handle(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    requests.add(
        exchange.getRequestMethod()
            + " "
            + exchange.getRequestURI().getRawPath()
            + (range == null ? "" : " " + range));
    byte[] body = exchange.getRequestBody().readAllBytes();
    try (exchange) {
      Reply reply = answer(exchange, body);
      exchange.sendResponseHeaders(
          reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
      exchange.getResponseBody().write(reply.body());
    } catch (RuntimeException e) {
      // Otherwise the server would drop the connection silently, and the client would retry again
      // and again.
      failures.add(e);
    }
  }

  private synchronized Reply answer(HttpExchange exchange, byte[] body) throws IOException {
    Integer refusal = refusals.poll();
    Matcher path = OBJECT_PATH.matcher(exchange.getRequestURI().getRawPath());
    if (refusal != null) {
      return error(exchange, refusal);
    }
    if (!path.matches() || !path.group(1).equals(BUCKET)) {
      return error(exchange, 404);
    }
    Map<String, String> query = queryOf(exchange);
    String name = path.group(2) == null ? "" : decode(path.group(2));
    return switch (exchange.getRequestMethod()) {
      case "GET" -> name.isEmpty() ? list(exchange, query) : get(exchange, name, query);
      case "POST" -> post(exchange, query, body);
      case "PUT" -> put(exchange, query, body);
      case "DELETE" -> delete(exchange, name, query);
      default -> error(exchange, 405);
    };
  }

  private Reply get(HttpExchange exchange, String name, Map<String, String> query)
      throws IOException {
    StoredObject object = objects.get(name);
    String wanted = query.get("generation");
    if (object == null || (wanted != null && Long.parseLong(wanted) != object.generation())) {
      return error(exchange, 404);
    }
    return "media".equals(query.get("alt"))
        ? content(exchange, object.content())
        : json(exchange, metadata(name, object));
  }

  private static Reply content(HttpExchange exchange, byte[] content) throws IOException {
    String header = exchange.getRequestHeaders().getFirst("Range");
    Matcher range = RANGE.matcher(header == null ? "" : header);
    if (!range.matches()) {
      return new Reply(200, content);
    }
    int start = Integer.parseInt(range.group(1));
    int last =
        range.group(2).isEmpty()
            ? content.length - 1
            : (int) Math.min(content.length - 1, Long.parseLong(range.group(2)));
    if (start > last) {
      return error(exchange, 416);
    }
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes " + start + "-" + last + "/" + content.length);
    return new Reply(206, Arrays.copyOfRange(content, start, last + 1));
  }

  private Reply list(HttpExchange exchange, Map<String, String> query) throws IOException {
    String prefix = query.getOrDefault("prefix", "");
    boolean oneLevel = "/".equals(query.get("delimiter"));
    Map<String, StoredObject> entries = new LinkedHashMap<>();
    objects.forEach(
        (name, object) -> {
          int slash = name.indexOf('/', prefix.length());
          if (name.startsWith(prefix) && oneLevel && slash >= 0) {
            entries.put(name.substring(0, slash + 1), null);
          } else if (name.startsWith(prefix)) {
            entries.put(name, object);
          }
        });
    int from = Integer.parseInt(query.getOrDefault("pageToken", "0"));
    List<Map<String, Object>> items = new ArrayList<>();
    List<String> prefixes = new ArrayList<>();
    entries.entrySet().stream()
        .skip(from)
        .limit(PAGE)
        .forEach(
            entry -> {
              if (entry.getValue() == null) {
                prefixes.add(entry.getKey());
              } else {
                items.add(metadata(entry.getKey(), entry.getValue()));
              }
            });
    Map<String, Object> page = new HashMap<>(Map.of("items", items, "prefixes", prefixes));
    if (from + PAGE < entries.size()) {
      page.put("nextPageToken", String.valueOf(from + PAGE));
    }
    return json(exchange, page);
  }

  private Reply post(HttpExchange exchange, Map<String, String> query, byte[] body)
      throws IOException {
    beforeUpload.run();
    String id = String.valueOf(uploads.size());
    JsonNode fields = JSON.readTree(body);
    uploads.put(
        id,
        new Upload(
            fields.path("name").asText(query.get("name")),
            query.get("ifGenerationMatch"),
            fields.path("crc32c").asText(null),
            new ByteArrayOutputStream()));
    exchange
        .getResponseHeaders()
        .set("Location", address() + exchange.getRequestURI().getRawPath() + "?upload_id=" + id);
    return json(exchange, Map.of());
  }

  /** Receives a chunk, which is the last one if it states the object's length. */
  private Reply put(HttpExchange exchange, Map<String, String> query, byte[] chunk)
      throws IOException {
    Upload upload = uploads.get(query.get("upload_id"));
    String range = exchange.getRequestHeaders().getFirst("Content-Range");
    boolean asking = range.startsWith("bytes */") && !range.equals("bytes */0");
    if (asking && finished.contains(upload)) {
      return json(exchange, metadata(upload.name(), objects.get(upload.name())));
    }
    upload.content().write(chunk);
    if (asking || range.endsWith("/*")) {
      if (upload.content().size() > 0) {
        exchange.getResponseHeaders().set("Range", "bytes=0-" + (upload.content().size() - 1));
      }
      return new Reply(308, new byte[0]);
    }
    return store(exchange, upload, upload.content().toByteArray());
  }

  private Reply store(HttpExchange exchange, Upload upload, byte[] content) throws IOException {
    if (!permits(upload.precondition(), upload.name())) {
      return error(exchange, 412);
    }
    if (upload.checksum() != null && !upload.checksum().equals(checksumOf(content))) {
      return error(exchange, 400);
    }
    put(upload.name(), content);
    finished.add(upload);
    if (losingAnswers) {
      losingAnswers = false;
      return error(exchange, 503);
    }
    return json(exchange, metadata(upload.name(), objects.get(upload.name())));
  }

  private Reply delete(HttpExchange exchange, String name, Map<String, String> query)
      throws IOException {
    if (!objects.containsKey(name)) {
      return error(exchange, 404);
    }
    if (!permits(query.get("ifGenerationMatch"), name)) {
      return error(exchange, 412);
    }
    objects.remove(name);
    return new Reply(204, new byte[0]);
  }

  /** The precondition's generation must be the object's; 0 stands for no object. */
  private boolean permits(String precondition, String name) {
    StoredObject object = objects.get(name);
    return precondition == null
        || Long.parseLong(precondition) == (object == null ? 0 : object.generation());
  }

  private static Map<String, Object> metadata(String name, StoredObject object) {
    Map<String, Object> metadata = new HashMap<>();
    metadata.put("bucket", BUCKET);
    metadata.put("name", name);
    metadata.put("generation", String.valueOf(object.generation()));
    metadata.put("size", String.valueOf(object.content().length));
    metadata.put("crc32c", checksumOf(object.content()));
    return metadata;
  }

  private static String checksumOf(byte[] content) {
    CRC32C crc = new CRC32C();
    crc.update(content);
    byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static Reply error(HttpExchange exchange, int status) throws IOException {
    Map<String, Object> error = Map.of("code", status, "message", "refused with " + status);
    return new Reply(status, json(exchange, Map.of("error", error)).body());
  }

  private static Reply json(HttpExchange exchange, Map<String, Object> body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    return new Reply(200, JSON.writeValueAsBytes(body));
  }

  private static Map<String, String> queryOf(HttpExchange exchange) {
    Map<String, String> query = new HashMap<>();
    String raw = exchange.getRequestURI().getRawQuery();
    for (String pair : raw == null ? new String[0] : raw.split("&")) {
      String[] parts = pair.split("=", 2);
      query.put(parts[0], parts.length > 1 ? decode(parts[1]) : "");
    }
    return query;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    if (!failures.isEmpty()) {
      throw new IllegalStateException("The fake failed", failures.get(0));
    }
  }
}
