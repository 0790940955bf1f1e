package dev.alexnet.ops.doctor;

import dev.alexnet.infra.failure.Failure;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A repository of container images in Artifact Registry. */
record ImageRepository(String location, String project, String id) {
  private static final Pattern NAME =
      Pattern.compile("([a-z0-9-]+)-docker\\.pkg\\.dev/([^/]+)/([^/]+)");

  /**
   * @param name as images' names start: {@code us-central1-docker.pkg.dev/PROJECT/REPOSITORY}
   * @throws Failure of kind MISMATCH
   */
  static ImageRepository of(String name) {
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "contract: image_repository is '%s'; it must be REGION-docker.pkg.dev/PROJECT/REPOSITORY. Write the contract again: terraform output -json contract > environment.json"
              .formatted(name));
    }
    return new ImageRepository(parts.group(1), parts.group(2), parts.group(3));
  }

  /** What the API calls it. */
  String path() {
    return "/v1/projects/" + project + "/locations/" + location + "/repositories/" + id;
  }
}
