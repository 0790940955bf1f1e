package dev.alexnet.ops.doctor;

import dev.alexnet.infra.failure.Failure;
import java.util.List;

/**
 * Whether an image is in the repository.
 *
 * @param image with its repository and digest
 */
record ImageCheck(String image, Remedies remedies) implements EnvironmentCheck {

  @Override
  public String subject() {
    return "image";
  }

  @Override
  public List<Check> look(CloudApi api) {
    String prefix = remedies.contract().imageRepository() + "/";
    if (!image.startsWith(prefix)) {
      return List.of(
          new Check(
              subject(),
              Failure.Kind.MISMATCH,
              "%s is not in %s, the only place from which jobs may pull; push it there"
                  .formatted(image, remedies.contract().imageRepository())));
    }
    ImageRepository repository = ImageRepository.of(remedies.contract().imageRepository());
    // A slash in an image's name is a part of the name.
    String name = UrlText.encode(image.substring(prefix.length()));
    try {
      api.get("artifactregistry.googleapis.com", repository.path() + "/dockerImages/" + name);
    } catch (CloudException e) {
      if (e.status() != 404) {
        throw e;
      }
      return List.of(
          new Check(
              subject(),
              Failure.Kind.INPUT_MISSING,
              "%s is not there; run 'gcloud artifacts docker images list %s' to see which digests are"
                  .formatted(image, remedies.contract().imageRepository())));
    }
    return List.of(Check.good(subject(), image));
  }
}
