package dev.alexnet.infra.testing.gcs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A response.
 *
 * @param json the resource, if the body is one
 */
record Answer(
    int status, Map<String, String> headers, Optional<Map<String, Object>> json, Body body) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String WRONG = "AAAAAA==";
  private static final String ALSO_WRONG = "/////w==";

  static Answer empty(int status, Map<String, String> headers) {
    return new Answer(status, headers, Optional.empty(), Body.EMPTY);
  }

  static Answer media(int status, Map<String, String> headers, Body body) {
    return new Answer(status, headers, Optional.empty(), body);
  }

  static Answer json(Map<String, Object> json) {
    return json(200, json);
  }

  private static Answer json(int status, Map<String, Object> json) {
    return new Answer(
        status,
        Map.of("Content-Type", "application/json; charset=UTF-8"),
        Optional.of(json),
        Body.of(written(json)));
  }

  /** An error as the reference describes it. */
  static Answer error(int status, String message) {
    if (status == 304) {
      return empty(304, Map.of());
    }
    String reason =
        switch (status) {
          case 400 -> "invalid";
          case 401 -> "authError";
          case 403 -> "forbidden";
          case 404 -> "notFound";
          case 410 -> "gone";
          case 412 -> "conditionNotMet";
          case 416 -> "requestedRangeNotSatisfiable";
          case 429 -> "rateLimitExceeded";
          case 503 -> "backendError";
          default -> "internalError";
        };
    Map<String, Object> detail = Map.of("domain", "global", "reason", reason, "message", message);
    Map<String, Object> error =
        Map.of("code", status, "message", message, "errors", List.of(detail));
    return json(status, Map.of("error", error));
  }

  private static byte[] written(Map<String, Object> json) {
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean isSuccess() {
    return status < 300;
  }

  /** The same with one wrong bit in its body. */
  Answer flipped() {
    return new Answer(status, headers, json, Body.flipped(body));
  }

  /** The same with a wrong CRC-32C; itself if it states none. */
  Answer withWrongChecksum() {
    if (json.isPresent()) {
      Map<String, Object> wrong = wrong(json.get());
      return wrong.equals(json.get()) ? this : json(status, wrong);
    }
    Map<String, String> wrong = new LinkedHashMap<>(headers);
    wrong.computeIfPresent("x-goog-hash", (name, hash) -> "crc32c=" + other(hash.substring(7)));
    return wrong.equals(headers) ? this : new Answer(status, wrong, json, body);
  }

  private static Map<String, Object> wrong(Map<String, Object> json) {
    Map<String, Object> wrong = new LinkedHashMap<>();
    json.forEach((name, value) -> wrong.put(name, wrong(name, value)));
    return wrong;
  }

  @SuppressWarnings("unchecked")
  private static Object wrong(String name, Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(element -> wrong("", element)).toList();
    }
    if (value instanceof Map<?, ?> map) {
      return wrong((Map<String, Object>) map);
    }
    return name.equals("crc32c") ? other((String) value) : value;
  }

  private static String other(String checksum) {
    return checksum.equals(WRONG) ? ALSO_WRONG : WRONG;
  }
}
