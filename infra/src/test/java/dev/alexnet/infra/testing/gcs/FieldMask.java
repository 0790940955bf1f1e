package dev.alexnet.infra.testing.gcs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parameter {@code fields}, such as {@code items(name,size),nextPageToken}: which fields of a
 * response the client wants. Nested ones are in parentheses or after a slash.
 */
final class FieldMask {
  // None stands for all.
  private final Map<String, FieldMask> fields = new LinkedHashMap<>();

  static Map<String, Object> filter(Map<String, Object> json, ApiRequest request) {
    String text = request.query().get("fields");
    return text == null ? json : parse(text).filter(json);
  }

  static FieldMask parse(String text) {
    FieldMask mask = new FieldMask();
    new Parser(text).list(mask);
    return mask;
  }

  private static final class Parser {
    private final String text;
    private int position;

    Parser(String text) {
      this.text = text;
    }

    void list(FieldMask mask) {
      do {
        field(mask);
      } while (accept(','));
    }

    private void field(FieldMask mask) {
      int start = position;
      while (position < text.length() && ",()/".indexOf(text.charAt(position)) < 0) {
        position++;
      }
      FieldMask nested =
          mask.fields.computeIfAbsent(text.substring(start, position), name -> new FieldMask());
      if (accept('/')) {
        field(nested);
      } else if (accept('(')) {
        list(nested);
        if (!accept(')')) {
          throw new Refusal(400, "Invalid field selection " + text);
        }
      }
    }

    private boolean accept(char expected) {
      boolean found = position < text.length() && text.charAt(position) == expected;
      position += found ? 1 : 0;
      return found;
    }
  }

  private Map<String, Object> filter(Map<String, Object> json) {
    if (fields.isEmpty() || fields.containsKey("*")) {
      return json;
    }
    Map<String, Object> filtered = new LinkedHashMap<>();
    json.forEach(
        (name, value) -> {
          if (fields.containsKey(name)) {
            filtered.put(name, fields.get(name).filtered(value));
          }
        });
    return filtered;
  }

  @SuppressWarnings("unchecked")
  private Object filtered(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(this::filtered).toList();
    }
    return value instanceof Map<?, ?> map ? filter((Map<String, Object>) map) : value;
  }
}
