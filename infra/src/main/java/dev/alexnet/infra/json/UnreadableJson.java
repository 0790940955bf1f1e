package dev.alexnet.infra.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Says why JSON could not be read. Jackson's full message quotes the whole text, and its short one
 * names our classes.
 */
final class UnreadableJson {
  private static final Pattern MISSING_KEY =
      Pattern.compile("Missing (?:required )?creator property '([^']*)'");
  private static final Pattern REPEATED_KEY = Pattern.compile("Duplicate field '([^']*)'");
  private static final Pattern BEFORE_WHERE = Pattern.compile("(?s)\\n at \\[Source.*");

  private UnreadableJson() {}

  /** The reason, with line and column. */
  static String reason(JsonProcessingException thrown, byte[] json, ObjectMapper mapper) {
    return words(thrown, json, mapper) + place(thrown.getLocation());
  }

  private static String words(JsonProcessingException thrown, byte[] json, ObjectMapper mapper) {
    String original = BEFORE_WHERE.matcher(thrown.getOriginalMessage()).replaceFirst("");
    if (thrown instanceof UnrecognizedPropertyException unknown) {
      return "the key '" + unknown.getPropertyName() + "' is unknown";
    }
    if (thrown.getCause() instanceof JsonParseException cause) {
      return words(cause, json, mapper);
    }
    if (original.startsWith("Unexpected end-of-input")) {
      return "it ends too early";
    }
    Matcher repeated = REPEATED_KEY.matcher(original);
    if (repeated.lookingAt()) {
      return "the key '" + repeated.group(1) + "' is there twice";
    }
    if (thrown instanceof JsonParseException) {
      return "it is not JSON: " + original;
    }
    Matcher missing = MISSING_KEY.matcher(original);
    if (missing.lookingAt() && thrown instanceof JsonMappingException incomplete) {
      return missing(incomplete, missing.group(1), json, mapper);
    }
    if (!(thrown instanceof MismatchedInputException wrong)) {
      return original;
    }
    String expected = expected(wrong.getTargetType());
    String key = key(wrong.getPath());
    return expected.isEmpty() || key.isEmpty()
        ? original
        : "the key '%s' must have %s".formatted(key, expected);
  }

  /** All keys that the same object lacks: Jackson names the first. */
  private static String missing(
      JsonMappingException wrong, String first, byte[] json, ObjectMapper mapper) {
    List<String> lacking = lacking(wrong.getPath(), json, mapper);
    return lacking.size() < 2
        ? "the key '" + first + "' is missing"
        : "the keys "
            + lacking.stream().map(key -> "'" + key + "'").collect(Collectors.joining(", "))
            + " are missing";
  }

  private static List<String> lacking(
      List<JsonMappingException.Reference> path, byte[] json, ObjectMapper mapper) {
    if (path.isEmpty() || !(path.get(path.size() - 1).getFrom() instanceof Class<?> type)) {
      return List.of();
    }
    JsonNode object;
    try {
      object = mapper.readTree(json);
    } catch (IOException e) {
      return List.of();
    }
    for (JsonMappingException.Reference step : path.subList(0, path.size() - 1)) {
      object =
          step.getFieldName() == null
              ? object.path(step.getIndex())
              : object.path(step.getFieldName());
    }
    JsonNode found = object;
    return mapper
        .getDeserializationConfig()
        .introspect(mapper.constructType(type))
        .findProperties()
        .stream()
        .filter(key -> key.hasConstructorParameter() && !isOptional(key, mapper))
        .map(BeanPropertyDefinition::getName)
        .filter(key -> !found.has(key))
        .toList();
  }

  private static boolean isOptional(BeanPropertyDefinition key, ObjectMapper mapper) {
    return mapper
            .getDeserializationConfig()
            .getAnnotationIntrospector()
            .findInjectableValue(key.getConstructorParameter())
        != null;
  }

  /** The innermost key, with the index of an element of a list after it. */
  private static String key(List<JsonMappingException.Reference> path) {
    String key = "";
    for (JsonMappingException.Reference step : path) {
      key = step.getFieldName() == null ? key + "[" + step.getIndex() + "]" : step.getFieldName();
    }
    return key;
  }

  private static String expected(Class<?> type) {
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
