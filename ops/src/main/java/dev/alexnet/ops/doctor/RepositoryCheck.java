package dev.alexnet.ops.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alexnet.infra.failure.Failure;
import java.util.List;

/** Whether the repository is one of container images whose tags do not move. */
record RepositoryCheck(Remedies remedies) implements EnvironmentCheck {

  @Override
  public String subject() {
    return "image repository";
  }

  @Override
  public List<Check> look(CloudApi api) {
    ImageRepository repository = ImageRepository.of(remedies.contract().imageRepository());
    JsonNode answer = api.get("artifactregistry.googleapis.com", repository.path());
    String format = answer.path("format").asText();
    if (!format.equals("DOCKER")) {
      return List.of(
          new Check(
              subject(),
              Failure.Kind.MISMATCH,
              "%s is of format %s, and images need DOCKER; %s"
                  .formatted(repository.id(), format, remedies.plan())));
    }
    if (!answer.path("dockerConfig").path("immutableTags").asBoolean()) {
      return List.of(
          new Check(
              subject(),
              Failure.Kind.MISMATCH,
              "tags can be moved in %s; run 'gcloud artifacts repositories update %s --location=%s --project=%s --immutable-tags'"
                  .formatted(
                      repository.id(),
                      repository.id(),
                      repository.location(),
                      repository.project())));
    }
    return List.of(Check.good(subject(), remedies.contract().imageRepository()));
  }
}
