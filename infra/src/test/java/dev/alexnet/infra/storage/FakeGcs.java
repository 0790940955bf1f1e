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
 * One bucket of Google Cloud Storage's JSON API on a free port: what {@link GcsStore} uses of it.
 * Behaves as <a href="https://cloud.google.com/storage/docs/json_api/v1/objects">the reference</a>
 * says; answers in short pages, so that clients have to ask for the next.
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
    // Else the JDK's server holds many answers back for 40 ms.
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

  /** Answers the next requests with these statuses, one each, and does nothing else. */
  synchronized void refuseNext(Integer... statuses) {
    refusals.addAll(List.of(statuses));
  }

  /** Runs something when the next upload begins. */
  synchronized void beforeNextUpload(Runnable action) {
    beforeUpload = action;
  }

  /** Does the next upload, but answers it with 503. */
  synchronized void loseNextAnswer() {
    losingAnswers = true;
  }

  /** Method, path and, of a read, the range of each request so far. */
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
      answer(exchange, body);
    } catch (RuntimeException e) {
      // The server drops the connection and says nothing, and the client tries again and again.
      failures.add(e);
    }
  }

  private synchronized void answer(HttpExchange exchange, byte[] body) throws IOException {
    Integer refusal = refusals.poll();
    Matcher path = OBJECT_PATH.matcher(exchange.getRequestURI().getRawPath());
    if (refusal != null) {
      sendError(exchange, refusal);
    } else if (!path.matches() || !path.group(1).equals(BUCKET)) {
      sendError(exchange, 404);
    } else {
      Map<String, String> query = queryOf(exchange);
      String name = path.group(2) == null ? "" : decode(path.group(2));
      switch (exchange.getRequestMethod()) {
        case "GET" -> get(exchange, name, query);
        case "POST" -> post(exchange, query, body);
        case "PUT" -> put(exchange, query, body);
        case "DELETE" -> delete(exchange, name, query);
        default -> sendError(exchange, 405);
      }
    }
  }

  private void get(HttpExchange exchange, String name, Map<String, String> query)
      throws IOException {
    StoredObject object = objects.get(name);
    String wanted = query.get("generation");
    if (name.isEmpty()) {
      list(exchange, query);
    } else if (object == null
        || (wanted != null && Long.parseLong(wanted) != object.generation())) {
      sendError(exchange, 404);
    } else if ("media".equals(query.get("alt"))) {
      sendContent(exchange, object.content());
    } else {
      sendJson(exchange, metadata(name, object));
    }
  }

  private static void sendContent(HttpExchange exchange, byte[] content) throws IOException {
    String header = exchange.getRequestHeaders().getFirst("Range");
    Matcher range = RANGE.matcher(header == null ? "" : header);
    if (!range.matches()) {
      send(exchange, 200, content);
      return;
    }
    int start = Integer.parseInt(range.group(1));
    int last =
        range.group(2).isEmpty()
            ? content.length - 1
            : (int) Math.min(content.length - 1, Long.parseLong(range.group(2)));
    if (start > last) {
      sendError(exchange, 416);
      return;
    }
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes " + start + "-" + last + "/" + content.length);
    send(exchange, 206, Arrays.copyOfRange(content, start, last + 1));
  }

  private void list(HttpExchange exchange, Map<String, String> query) throws IOException {
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
    sendJson(exchange, page);
  }

  private void post(HttpExchange exchange, Map<String, String> query, byte[] body)
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
    sendJson(exchange, Map.of());
  }

  /** Takes a chunk, which is the last one if it says how long the object is. */
  private void put(HttpExchange exchange, Map<String, String> query, byte[] chunk)
      throws IOException {
    Upload upload = uploads.get(query.get("upload_id"));
    String range = exchange.getRequestHeaders().getFirst("Content-Range");
    boolean asking = range.startsWith("bytes */") && !range.equals("bytes */0");
    if (asking && finished.contains(upload)) {
      sendJson(exchange, metadata(upload.name(), objects.get(upload.name())));
      return;
    }
    upload.content().write(chunk);
    if (asking || range.endsWith("/*")) {
      if (upload.content().size() > 0) {
        exchange.getResponseHeaders().set("Range", "bytes=0-" + (upload.content().size() - 1));
      }
      exchange.sendResponseHeaders(308, -1);
    } else {
      store(exchange, upload, upload.content().toByteArray());
    }
  }

  private void store(HttpExchange exchange, Upload upload, byte[] content) throws IOException {
    if (!permits(upload.precondition(), upload.name())) {
      sendError(exchange, 412);
    } else if (upload.checksum() != null && !upload.checksum().equals(checksumOf(content))) {
      sendError(exchange, 400);
    } else {
      put(upload.name(), content);
      finished.add(upload);
      if (losingAnswers) {
        losingAnswers = false;
        sendError(exchange, 503);
      } else {
        sendJson(exchange, metadata(upload.name(), objects.get(upload.name())));
      }
    }
  }

  private void delete(HttpExchange exchange, String name, Map<String, String> query)
      throws IOException {
    if (!objects.containsKey(name)) {
      sendError(exchange, 404);
    } else if (!permits(query.get("ifGenerationMatch"), name)) {
      sendError(exchange, 412);
    } else {
      objects.remove(name);
      exchange.sendResponseHeaders(204, -1);
    }
  }

  /** The precondition's generation must be the object's; 0 stands for no object. */
  private boolean permits(String precondition, String name) {
    StoredObject object = objects.get(name);
    return precondition == null
        || Long.parseLong(precondition) == (object == null ? 0 : object.generation());
  }

  private static Map<String, Object> metadata(String name, StoredObject object) {
    return Map.of(
        "kind",
        "storage#object",
        "bucket",
        BUCKET,
        "name",
        name,
        "generation",
        String.valueOf(object.generation()),
        "size",
        String.valueOf(object.content().length),
        "crc32c",
        checksumOf(object.content()));
  }

  private static String checksumOf(byte[] content) {
    CRC32C crc = new CRC32C();
    crc.update(content);
    long value = crc.getValue();
    byte[] bytes = {
      (byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value
    };
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static void sendError(HttpExchange exchange, int status) throws IOException {
    Map<String, Object> error = Map.of("code", status, "message", "refused with " + status);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    send(exchange, status, JSON.writeValueAsBytes(Map.of("error", error)));
  }

  private static void sendJson(HttpExchange exchange, Map<String, Object> body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    send(exchange, 200, JSON.writeValueAsBytes(body));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
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
