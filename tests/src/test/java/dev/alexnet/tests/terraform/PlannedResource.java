package dev.alexnet.tests.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * A resource in a plan.
 *
 * @param address in full, with its modules and its key
 * @param action {@code create}, {@code no-op}, …
 * @param values that the plan knows; values that are known only after an apply are missing
 */
record PlannedResource(String address, String type, String name, String action, JsonNode values) {

  static PlannedResource of(JsonNode change) {
    List<String> actions = strings(change.at("/change/actions"));
    return new PlannedResource(
        change.path("address").asText(),
        change.path("type").asText(),
        change.path("name").asText(),
        String.join(" and ", actions),
        change.at("/change/after"));
  }

  String text(String attribute) {
    return values.path(attribute).asText("");
  }

  List<String> texts(String attribute) {
    return strings(values.path(attribute));
  }

  private static List<String> strings(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
