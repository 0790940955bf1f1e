package dev.alexnet.infra.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alexnet.infra.failure.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Converts records to JSON and back: reads strictly, and writes equal values as equal bytes. */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .annotationIntrospector(new OptionalKeys())
          .injectableValues(OptionalKeys.NULL)
          .build();

  private static final ObjectMapper RESULTS =
      MAPPER.rebuild().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private Json() {}

  /** One line, without a line feed. */
  public static String line(Object value) {
    return line(MAPPER, value);
  }

  /**
   * The result of a command for programs, as {@link #line} writes it, but with all names of
   * components in lower case with underscores, whatever the files of this program call them.
   */
  public static String result(Object value) {
    return line(RESULTS, value);
  }

  private static String line(ObjectMapper mapper, Object value) {
    try {
      return mapper.writeValueAsString(value);
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
   * Reads JSON strictly: a key that is unknown, missing or repeated, a number in quotes and text
   * after the end are errors. Only a key that is not written if its value is null may be missing.
   *
   * @param where what to call the text in an error: its file, or file and line
   * @throws Failure of kind BAD_DATA
   */
  public static <T> T read(byte[] json, Class<T> type, Object where) {
    try {
      T value = MAPPER.readValue(json, type);
      if (value == null) {
        throw new Failure(Failure.Kind.BAD_DATA, where + " is null; it must be an object");
      }
      return value;
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          where + " is not what was expected: " + reasonOf(e, json, type),
          e);
    }
  }

  private static String reasonOf(IOException thrown, byte[] json, Class<?> type) {
    return thrown instanceof JsonProcessingException unreadable
        ? UnreadableJson.reason(unreadable, json, type, MAPPER)
        : thrown.getMessage();
  }
}
