package dev.alexnet.infra.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.alexnet.infra.failure.Failure;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Says why JSON could not be read, in words for people who do not know Jackson: its full message
 * quotes the whole text, and its short one names classes and features.
 */
final class UnreadableJson {
  private static final String EMPTY = "it is empty";
  private static final Pattern MISSING_KEY =
      Pattern.compile("Missing (?:required )?creator property '([^']*)'");
  private static final Pattern REPEATED_KEY = Pattern.compile("Duplicate field '([^']*)'");
  private static final Pattern BEFORE_WHERE = Pattern.compile("(?s)\\n at \\[Source.*");
  private static final Pattern LIST_OF_VALUES =
      Pattern.compile(":? (?:was expecting|expected a valid value) \\(JSON String.*");
  private static final Pattern WRONG_TEXT =
      Pattern.compile("(?s)Cannot deserialize value of type `[^`]*` from String \".*?\": ");

  private final JsonProcessingException thrown;
  private final ObjectMapper mapper;

  private UnreadableJson(JsonProcessingException thrown, ObjectMapper mapper) {
    this.thrown = thrown;
    this.mapper = mapper;
  }

  /**
   * Every key that is missing or unknown, and what else Jackson found first.
   *
   * @param type what the JSON was read as
   */
  static String reason(
      JsonProcessingException thrown, byte[] json, Class<?> type, ObjectMapper mapper) {
    UnreadableJson unreadable = new UnreadableJson(thrown, mapper);
    KeyDifferences differences = unreadable.differences(json, type);
    if (differences.isEmpty()) {
      return unreadable.found();
    }
    if (!unreadable.isAboutKeys()) {
      return differences + "; " + unreadable.found();
    }
    // Jackson knows one place, where it stopped.
    return differences + (differences.areInOneObject() ? place(thrown.getLocation()) : "");
  }

  private String found() {
    Failure inner = Failure.in(thrown);
    if (inner != null) {
      return refusal(inner.getMessage(), path(thrown));
    }
    String words = words();
    return words.equals(EMPTY) ? words : words + place(thrown.getLocation());
  }

  private KeyDifferences differences(byte[] json, Class<?> type) {
    try {
      return KeyDifferences.of(mapper.readTree(json), type, mapper);
    } catch (IOException e) {
      return KeyDifferences.NONE;
    }
  }

  private boolean isAboutKeys() {
    return thrown instanceof UnrecognizedPropertyException
        || MISSING_KEY.matcher(thrown.getOriginalMessage()).lookingAt();
  }

  /** What the constructor of a record says, with the path unless it is the whole. */
  private static String refusal(String message, String path) {
    String key = path.substring(path.lastIndexOf('.') + 1);
    if (path.isEmpty()) {
      return message;
    }
    return message.startsWith(key + ": ")
        ? path + message.substring(key.length())
        : path + ": " + message;
  }

  private String words() {
    String original = BEFORE_WHERE.matcher(thrown.getOriginalMessage()).replaceFirst("");
    String key = path(thrown);
    if (thrown instanceof UnrecognizedPropertyException unknown) {
      return "the key '" + unknown.getPropertyName() + "' is unknown";
    }
    if (thrown.getCause() instanceof JsonParseException cause) {
      return new UnreadableJson(cause, mapper).words();
    }
    if (thrown.getCause() instanceof InputCoercionException cause && !key.isEmpty()) {
      return "the key '%s' has a number that is too large; it must have %s"
          .formatted(key, expected(cause.getTargetType()));
    }
    if (original.startsWith("No content to map")) {
      return EMPTY;
    }
    if (original.startsWith("Trailing token")) {
      return "there is more after its end";
    }
    if (original.startsWith("Unexpected end-of-input")) {
      return "it ends too early";
    }
    Matcher repeated = REPEATED_KEY.matcher(original);
    if (repeated.lookingAt()) {
      return "the key '" + repeated.group(1) + "' is there twice";
    }
    if (thrown instanceof JsonParseException) {
      return "it is not JSON: " + LIST_OF_VALUES.matcher(original).replaceFirst("");
    }
    Matcher missing = MISSING_KEY.matcher(original);
    if (missing.lookingAt()) {
      return "the key '" + missing.group(1) + "' is missing";
    }
    return thrown instanceof MismatchedInputException wrong
        ? mismatch(wrong, key, original)
        : original;
  }

  private String mismatch(MismatchedInputException wrong, String key, String original) {
    String expected = expected(wrong.getTargetType());
    if (!expected.isEmpty()) {
      return key.isEmpty()
          ? "it must be " + expected
          : "the key '%s' must have %s".formatted(key, expected);
    }
    return wrong instanceof InvalidFormatException && !key.isEmpty()
        ? "the key '" + key + "': " + WRONG_TEXT.matcher(original).replaceFirst("")
        : original;
  }

  /** The keys from the outermost on, with dots between them, and the indices of lists. */
  private static String path(JsonProcessingException thrown) {
    List<JsonMappingException.Reference> steps =
        thrown instanceof JsonMappingException placed ? placed.getPath() : List.of();
    String path = "";
    for (JsonMappingException.Reference step : steps) {
      path =
          step.getFieldName() == null
              ? path + "[" + step.getIndex() + "]"
              : KeyComparison.below(path, step.getFieldName());
    }
    return path;
  }

  private String expected(Class<?> type) {
    if (type == null) {
      return "";
    }
    if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
      return "a whole number";
    }
    if (type == double.class
        || type == float.class
        || type == Double.class
        || type == Float.class) {
      return "a number";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type == String.class) {
      return "text";
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(constant -> mapper.convertValue(constant, String.class))
          .collect(Collectors.joining(", ", "one of ", ""));
    }
    if (Collection.class.isAssignableFrom(type) || type.isArray()) {
      return "a list";
    }
    return type.isRecord() || Map.class.isAssignableFrom(type) ? "an object" : "";
  }

  private static String place(JsonLocation place) {
    return place == null
        ? ""
        : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")";
  }
}
