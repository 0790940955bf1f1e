package dev.alexnet.ops.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.ops.environment.EnvironmentContract;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is wrong with buckets, the repository and the image. */
class StorageChecksTest extends EnvironmentTest {
  @Test
  void of_missingBucket_isDrift() {
    google.answer(
        RUNS,
        404,
        "{\"error\": {\"code\": 404, \"message\": \"The specified bucket does not exist.\"}}");
    assertWrong("gs://my-runs", Failure.Kind.MISMATCH, "it does not exist; " + APPLY);
  }

  @Test
  void of_bucketElsewhereThatCanBePublic_namesEachWithItsCommand() {
    google
        .replace(RUNS, "US-CENTRAL1", "EU")
        .replace(RUNS, "{\"enabled\": true, \"locked", "{\"enabled\": false, \"locked")
        .replace(RUNS, "enforced", "inherited")
        .replace(RUNS, "\"environment\": \"dev\"", "\"environment\": \"prod\"");
    assertWrong(
        new Check(
            "gs://my-runs",
            Failure.Kind.MISMATCH,
            "it is in EU, but jobs run in us-central1; a bucket cannot be moved, so " + PLAN),
        new Check(
            "gs://my-runs",
            Failure.Kind.MISMATCH,
            "single objects may have access lists; run 'gcloud storage buckets update gs://my-runs"
                + " --uniform-bucket-level-access'"),
        new Check(
            "gs://my-runs",
            Failure.Kind.MISMATCH,
            "nothing keeps it from being public; run 'gcloud storage buckets update gs://my-runs"
                + " --public-access-prevention'"),
        new Check(
            "gs://my-runs",
            Failure.Kind.MISMATCH,
            "its label 'environment' is 'prod', and the contract's is 'dev'; " + APPLY));
  }

  @Test
  void of_bucketThatMayNotBeWritten_namesThePermissions() {
    google.replace(
        RUNS_PERMISSIONS, "\"storage.objects.create\", \"storage.objects.delete\", ", "");
    assertWrong(
        "gs://my-runs",
        Failure.Kind.PERMISSION,
        FakeGoogle.LAUNCHER
            + " lacks storage.objects.create, storage.objects.delete. "
            + RECENTLY
            + APPLY);
  }

  @Test
  void of_repositoryWhoseTagsMove_isDrift() {
    google.replace(REPOSITORY, "true", "false");
    assertWrong(
        "image repository",
        Failure.Kind.MISMATCH,
        "tags can be moved in alexnet-dev; run 'gcloud artifacts repositories update alexnet-dev"
            + " --location=us-central1 --project=my-project --immutable-tags'");
  }

  @Test
  void of_impossibleRepository_isSaidInPlaceOfWhatGoogleSaysOfIt() {
    EnvironmentContract contract =
        EnvironmentContract.read(
            FakeGoogle.CONTRACT
                .replace(FakeGoogle.REPOSITORY, "docker.io/alexnet")
                .getBytes(StandardCharsets.UTF_8),
            "environment.json");

    List<Check> found = new EnvironmentChecks(api()).of(contract, "");

    assertThat(found.get(found.size() - 1))
        .isEqualTo(
            new Check(
                "image repository",
                Failure.Kind.MISMATCH,
                "contract: image_repository is 'docker.io/alexnet'; it must be"
                    + " REGION-docker.pkg.dev/PROJECT/REPOSITORY. Write the contract again:"
                    + " terraform output -json contract > environment.json"));
  }

  @Test
  void of_repositoryOfAnotherFormat_isDrift() {
    google.replace(REPOSITORY, "DOCKER", "MAVEN");
    assertWrong(
        "image repository",
        Failure.Kind.MISMATCH,
        "alexnet-dev is of format MAVEN, and images need DOCKER; " + PLAN);
  }

  @Test
  void of_missingImage_saysHowToListThem() {
    google.answer(
        STORED, 404, FakeGoogle.error(404, "NOT_FOUND", "Requested entity was not found."));
    assertWrong(
        "image",
        Failure.Kind.INPUT_MISSING,
        IMAGE
            + " is not there; run 'gcloud artifacts docker images list "
            + FakeGoogle.REPOSITORY
            + "' to see which digests are");
  }

  @Test
  void of_imageOfAnotherRepository_isMismatchWithoutARequest() {
    String other = "docker.io/alexnet/job" + FakeGoogle.DIGEST;

    List<Check> found = new EnvironmentChecks(api()).of(contract(), other);

    assertThat(found.get(found.size() - 1))
        .isEqualTo(
            new Check(
                "image",
                Failure.Kind.MISMATCH,
                other
                    + " is not in "
                    + FakeGoogle.REPOSITORY
                    + ", the only place from which jobs may pull; push it there"));
    assertThat(google.requests()).noneMatch(request -> request.contains("dockerImages"));
  }
}
