package dev.alexnet.ops.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alexnet.infra.failure.Failure;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether the APIs are enabled that jobs call. */
record ServicesCheck(String project) implements EnvironmentCheck {
  /** Those that {@code terraform/modules/environment} enables. One request takes at most 30. */
  static final List<String> SERVICES =
      List.of(
          "artifactregistry.googleapis.com",
          "batch.googleapis.com",
          "cloudresourcemanager.googleapis.com",
          "compute.googleapis.com",
          "dataflow.googleapis.com",
          "iam.googleapis.com",
          "iamcredentials.googleapis.com",
          "logging.googleapis.com",
          "monitoring.googleapis.com",
          "pubsub.googleapis.com",
          "serviceusage.googleapis.com",
          "storage.googleapis.com");

  @Override
  public String subject() {
    return "APIs";
  }

  @Override
  public List<Check> look(CloudApi api) {
    String parent = "projects/" + project;
    List<String> names = SERVICES.stream().map(service -> parent + "/services/" + service).toList();
    JsonNode answer =
        api.get(
            "serviceusage.googleapis.com",
            "/v1/" + parent + "/services:batchGet" + UrlText.repeated("names", names));
    Set<String> enabled = new HashSet<>();
    for (JsonNode service : answer.path("services")) {
      if (service.path("state").asText().equals("ENABLED")) {
        // The name has the project's number, whatever was asked for.
        String name = service.path("name").asText();
        enabled.add(name.substring(name.lastIndexOf('/') + 1));
      }
    }
    List<String> missing = SERVICES.stream().filter(name -> !enabled.contains(name)).toList();
    if (missing.isEmpty()) {
      return List.of(Check.good(subject(), "all " + SERVICES.size() + " are enabled"));
    }
    return List.of(
        new Check(
            subject(),
            Failure.Kind.MISMATCH,
            "%s %s not enabled; run 'gcloud services enable %s --project %s'"
                .formatted(
                    String.join(", ", missing),
                    missing.size() == 1 ? "is" : "are",
                    String.join(" ", missing),
                    project)));
  }
}
