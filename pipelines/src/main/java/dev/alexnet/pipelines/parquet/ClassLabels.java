package dev.alexnet.pipelines.parquet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alexnet.infra.failure.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The classes that a file's metadata describes under the key {@code huggingface}.
 *
 * @param namesOf the names of the classes by label, for each column of labels
 */
record ClassLabels(Map<String, List<String>> namesOf) {
  private static final String KEY = "huggingface";

  /**
   * @throws Failure of kind BAD_DATA if the metadata is not JSON
   */
  static ClassLabels of(ParquetFooter footer) {
    Map<String, List<String>> namesOf = new TreeMap<>();
    footer
        .value(KEY)
        .ifPresent(
            json ->
                tree(footer, json)
                    .path("info")
                    .path("features")
                    .properties()
                    .forEach(feature -> put(feature.getKey(), feature.getValue(), namesOf)));
    return new ClassLabels(namesOf);
  }

  private static void put(String column, JsonNode feature, Map<String, List<String>> namesOf) {
    if (feature.path("_type").asText().equals("ClassLabel")) {
      List<String> names = new ArrayList<>();
      feature.path("names").forEach(name -> names.add(name.asText()));
      namesOf.put(column, names);
    }
  }

  private static JsonNode tree(ParquetFooter footer, String json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "%s: what its metadata has under '%s' is not JSON, so its classes are unknown"
              .formatted(footer.file(), KEY),
          e);
    }
  }

  boolean describes(String column) {
    return namesOf.containsKey(column);
  }

  /** The names of a column's classes by label; empty if they are not described. */
  List<String> names(String column) {
    return namesOf.getOrDefault(column, List.of());
  }
}
