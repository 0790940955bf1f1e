package dev.alexnet.tests.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The output of {@code terraform test -json -verbose}.
 *
 * @param status {@code pass} if every run passed
 * @param passed how many did
 * @param plans of the runs that planned, in their order
 * @param problems what Terraform found wrong, with the place
 */
record TestRun(String status, int passed, List<Plan> plans, List<String> problems) {

  /**
   * A plan of one run.
   *
   * @param run its name
   * @param changes to each resource
   * @param contract the output of that name; missing where there is none
   */
  record Plan(String run, List<PlannedResource> changes, JsonNode contract) {}

  static TestRun of(String lines) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    String status = "nothing ran";
    int passed = 0;
    List<Plan> plans = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (String line : lines.lines().toList()) {
      JsonNode message = mapper.readTree(line);
      switch (message.path("type").asText()) {
        case "test_plan" -> plans.add(plan(message));
        case "diagnostic" -> problems.add(problem(message.path("diagnostic")));
        case "test_summary" -> {
          status = message.at("/test_summary/status").asText();
          passed = message.at("/test_summary/passed").asInt();
        }
        default -> {}
      }
    }
    return new TestRun(status, passed, List.copyOf(plans), List.copyOf(problems));
  }

  private static Plan plan(JsonNode message) {
    List<PlannedResource> changes = new ArrayList<>();
    for (JsonNode change : message.at("/test_plan/resource_changes")) {
      if (change.path("mode").asText().equals("managed")) {
        changes.add(PlannedResource.of(change));
      }
    }
    return new Plan(
        message.path("@testrun").asText(),
        List.copyOf(changes),
        message.at("/test_plan/output_changes/contract/after"));
  }

  private static String problem(JsonNode diagnostic) {
    return diagnostic.path("summary").asText()
        + ": "
        + diagnostic.path("detail").asText()
        + " ("
        + diagnostic.at("/range/filename").asText()
        + ", line "
        + diagnostic.at("/range/start/line").asText()
        + ")";
  }
}
