package dev.alexnet.infra.testing.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a client says of the object that it uploads.
 *
 * @param name null if it is not said here
 * @param checksum the CRC-32C as the service writes it; null if it is not said here
 * @param custom what the client wants to be kept with the object
 */
record ObjectFields(String name, String checksum, Map<String, String> custom) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static ObjectFields ofQuery(ApiRequest request) {
    return new ObjectFields(request.query().get("name"), null, Map.of());
  }

  /** {@code x-goog-hash: crc32c=…,md5=…}, in one or several headers. */
  static ObjectFields ofHeaders(ApiRequest request) {
    List<String> headers = request.exchange().getRequestHeaders().get("x-goog-hash");
    return new ObjectFields(
        null,
        headers == null
            ? null
            : headers.stream()
                .flatMap(header -> Arrays.stream(header.split(",", -1)))
                .map(String::strip)
                .filter(hash -> hash.startsWith("crc32c="))
                .map(hash -> hash.substring("crc32c=".length()))
                .findFirst()
                .orElse(null),
        Map.of());
  }

  static ObjectFields ofJson(byte[] bytes) {
    try {
      JsonNode json = JSON.readTree(bytes);
      Map<String, String> custom = new LinkedHashMap<>();
      json.path("metadata")
          .fields()
          .forEachRemaining(field -> custom.put(field.getKey(), field.getValue().asText()));
      return new ObjectFields(
          json.path("name").asText(null), json.path("crc32c").asText(null), custom);
    } catch (IOException e) {
      throw new Refusal(400, "Parse Error");
    }
  }

  /** What is not said here is taken from another place. */
  ObjectFields or(ObjectFields other) {
    return new ObjectFields(
        name == null ? other.name : name,
        checksum == null ? other.checksum : checksum,
        custom.isEmpty() ? other.custom : custom);
  }

  void requireName() {
    if (name == null || name.isEmpty()) {
      throw new Refusal(400, "Required: name");
    }
  }

  /**
   * @throws Refusal with 400 if the declared checksum is not that of what was received
   */
  void requireChecksum(Draft received) {
    if (checksum != null && !checksum.equals(received.checksum())) {
      throw new Refusal(
          400,
          "Provided CRC32C \"%s\" doesn't match calculated CRC32C \"%s\"."
              .formatted(checksum, received.checksum()));
    }
  }
}
