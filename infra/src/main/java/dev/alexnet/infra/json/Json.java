package dev.alexnet.infra.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alexnet.infra.failure.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** How records become JSON and back: strictly, and to the same bytes every time. */
public final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private Json() {}

  /** One line, without a line feed. */
  public static String line(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write " + value.getClass() + " as JSON", e);
    }
  }

  /** A file for people to read: indented, in UTF-8, with a line feed at its end. */
  public static byte[] document(Object value) {
    try {
      String text = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
      return (text + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write " + value.getClass() + " as JSON", e);
    }
  }

  /**
   * Reads JSON strictly: an unknown or missing key is an error.
   *
   * @param where what to call the text in an error: its file, or file and line
   * @throws Failure of kind BAD_DATA
   */
  public static <T> T read(byte[] json, Class<T> type, Object where) {
    try {
      return MAPPER.readValue(json, type);
    } catch (IOException e) {
      Failure inner = Failure.in(e);
      String reason = inner != null ? inner.getMessage() : e.getMessage();
      throw new Failure(Failure.Kind.BAD_DATA, where + " is not what was expected: " + reason, e);
    }
  }
}
