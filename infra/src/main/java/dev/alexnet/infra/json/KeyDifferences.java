package dev.alexnet.infra.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The keys that JSON lacks or has beyond the components of a record, at any depth: Jackson names
 * only the first.
 *
 * @param missing the paths of keys
 * @param unknown the paths of keys
 */
record KeyDifferences(List<String> missing, List<String> unknown) {
  static final KeyDifferences NONE = new KeyDifferences(List.of(), List.of());

  static KeyDifferences of(JsonNode json, Class<?> type, ObjectMapper mapper) {
    KeyComparison comparison = new KeyComparison(mapper);
    comparison.compare(json, mapper.constructType(type), "");
    return comparison.differences();
  }

  boolean isEmpty() {
    return missing.isEmpty() && unknown.isEmpty();
  }

  boolean areInOneObject() {
    return Stream.of(missing, unknown)
            .flatMap(List::stream)
            .map(path -> path.substring(0, path.lastIndexOf('.') + 1))
            .distinct()
            .count()
        == 1;
  }

  /** In words. */
  @Override
  public String toString() {
    return Stream.of(words(missing, "missing"), words(unknown, "unknown"))
        .filter(words -> !words.isEmpty())
        .collect(Collectors.joining("; "));
  }

  private static String words(List<String> keys, String what) {
    String quoted = keys.stream().map(key -> "'" + key + "'").collect(Collectors.joining(", "));
    return switch (keys.size()) {
      case 0 -> "";
      case 1 -> "the key " + quoted + " is " + what;
      default -> "the keys " + quoted + " are " + what;
    };
  }
}
