package dev.alexnet.ops.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.ops.environment.EnvironmentContract;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentChecksTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final String IMAGE = FakeGoogle.REPOSITORY + "/alexnet/job" + FakeGoogle.DIGEST;

  private static final String SERVICES = "GET /serviceusage";
  private static final String PROJECT = "POST /cloudresourcemanager";
  private static final String ACCOUNT = "POST /iam.googleapis.com/v1/projects/-/serviceAccounts/";
  private static final String REGION =
      "GET /compute.googleapis.com/compute/v1/projects/my-project/regions/us-central1?";
  private static final String WHOLE = "GET /compute.googleapis.com/compute/v1/projects/my-project?";
  private static final String ZONES =
      "GET /compute.googleapis.com/compute/v1/projects/my-project/aggregated";
  private static final String SUBNETWORK =
      "GET /compute.googleapis.com/compute/v1/projects/my-project/regions/us-central1/sub";
  private static final String RUNS = "GET /storage.googleapis.com/storage/v1/b/my-runs?";
  private static final String RUNS_PERMISSIONS =
      "GET /storage.googleapis.com/storage/v1/b/my-runs/iam";
  private static final String REPOSITORY =
      "GET /artifactregistry.googleapis.com/v1/projects/my-project/locations/us-central1/repositories/alexnet-dev";
  private static final String STORED = REPOSITORY + "/dockerImages";

  private static final String APPLY = "run '(cd terraform/environments/dev && terraform apply)'";
  private static final String PLAN =
      "run '(cd terraform/environments/dev && terraform plan)' and read what it would replace";
  private static final String RECENTLY =
      "Granted less than five minutes ago? Then wait; otherwise ";

  private static final List<Check> HEALTHY =
      List.of(
          good("credentials", FakeGoogle.LAUNCHER),
          good("APIs", "all 12 are enabled"),
          good("permissions on my-project", FakeGoogle.LAUNCHER + " has all 10"),
          good(FakeGoogle.JOB, FakeGoogle.LAUNCHER + " has iam.serviceAccounts.actAs"),
          good(FakeGoogle.DATAFLOW, FakeGoogle.LAUNCHER + " has iam.serviceAccounts.actAs"),
          good("quota NVIDIA_L4_GPUS", "2 in us-central1"),
          good("quota PREEMPTIBLE_NVIDIA_L4_GPUS", "4 in us-central1"),
          good("quota GPUS_ALL_REGIONS", "2 in all regions"),
          good("zones with nvidia-l4", "us-central1-a, us-central1-b"),
          good("subnetwork alexnet-dev", "it reaches Google without external addresses"),
          good(
              "gs://my-archives",
              "private, in us-central1; " + FakeGoogle.LAUNCHER + " may read it"),
          good(
              "gs://my-runs",
              "private, in us-central1; " + FakeGoogle.LAUNCHER + " may read and write it"),
          good(
              "gs://my-temp",
              "private, in us-central1; " + FakeGoogle.LAUNCHER + " may read and write it"),
          good("image repository", FakeGoogle.REPOSITORY),
          good("image", IMAGE));

  private FakeGoogle google;

  @BeforeEach
  void start() throws IOException {
    google = new FakeGoogle();
  }

  @AfterEach
  void stop() {
    google.close();
  }

  private record Token(String account) implements CloudCredentials {
    @Override
    public Map<String, List<String>> headers(URI request) {
      return Map.of("Authorization", List.of("Bearer a+b"));
    }
  }

  private static Check good(String subject, String finding) {
    return new Check(subject, null, finding);
  }

  private static EnvironmentContract contract() {
    return EnvironmentContract.read(
        FakeGoogle.CONTRACT.getBytes(StandardCharsets.UTF_8), "environment.json");
  }

  private CloudApi api() {
    return new CloudApi(new Token(""), google.address(), TIMEOUT);
  }

  private List<Check> look() {
    return new EnvironmentChecks(api()).of(contract(), IMAGE);
  }

  /** The environment is well but for these, which are about one subject each. */
  private void assertWrong(Check... wrong) {
    List<Check> found = look();

    assertThat(found.stream().filter(check -> !check.isGood())).containsExactly(wrong);
    List<String> subjects = List.of(wrong).stream().map(Check::subject).toList();
    assertThat(found.stream().filter(Check::isGood))
        .isEqualTo(HEALTHY.stream().filter(check -> !subjects.contains(check.subject())).toList());
  }

  private void assertWrong(String subject, Failure.Kind kind, String finding) {
    assertWrong(new Check(subject, kind, finding));
  }

  @Test
  void of_healthyEnvironment_isGoodByTheseRequests() {
    assertThat(look()).isEqualTo(HEALTHY);
    List<String> wanted =
        google.known().stream()
            .map(
                request ->
                    request.equals("POST /oauth2.googleapis.com/tokeninfo")
                        ? request + " access_token=a%2Bb"
                        : request.startsWith(PROJECT)
                            ? request
                                + " {\"permissions\":[\"batch.jobs.create\",\"batch.jobs.delete\",\"batch.jobs.get\",\"compute.regions.get\",\"dataflow.jobs.cancel\",\"dataflow.jobs.create\",\"dataflow.jobs.get\",\"logging.logEntries.list\",\"monitoring.timeSeries.list\",\"serviceusage.services.use\"]}"
                            : request.startsWith(ACCOUNT)
                                ? request + " {\"permissions\":[\"iam.serviceAccounts.actAs\"]}"
                                : request)
            .toList();
    assertThat(google.requests()).isEqualTo(wanted).hasSize(17);
  }

  @Test
  void of_noImage_looksAtNone() {
    assertThat(new EnvironmentChecks(api()).of(contract(), ""))
        .isEqualTo(HEALTHY.subList(0, HEALTHY.size() - 1));
  }

  @Test
  void of_credentialsThatTellTheirAccount_areNotAskedAbout() {
    CloudApi api = new CloudApi(new Token("me@example.com"), google.address(), TIMEOUT);

    assertThat(new EnvironmentChecks(api).of(contract(), "").get(0))
        .isEqualTo(good("credentials", "me@example.com"));
    assertThat(google.requests()).noneMatch(request -> request.contains("tokeninfo"));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 403, 404, 503})
  void look_eachCheck_makesAtMostTwoRequests(int status) {
    if (status != 200) {
      google
          .known()
          .forEach(request -> google.answer(request, status, FakeGoogle.error(status, "S", "m")));
    }
    CloudApi api = api();

    for (EnvironmentCheck check : EnvironmentChecks.all(new Remedies(contract(), ""), IMAGE)) {
      google.forgetRequests();
      try {
        assertThat(check.look(api)).isNotEmpty();
      } catch (CloudException e) {
        assertThat(e.status()).isEqualTo(status);
      }
      assertThat(google.requests()).as(check.subject()).hasSizeBetween(1, 2);
    }
  }

  @Test
  void of_disabledApis_areNamedWithTheCommandThatEnablesThem() {
    google.replace(
        SERVICES,
        "{\"name\": \"batch.googleapis.com\"}, \"state\": \"ENABLED\"",
        "{\"name\": \"batch.googleapis.com\"}, \"state\": \"DISABLED\"");
    assertWrong(
        "APIs",
        Failure.Kind.MISMATCH,
        "batch.googleapis.com is not enabled; run 'gcloud services enable batch.googleapis.com"
            + " --project my-project'");

    google.replace(SERVICES, "projects/123/services/storage.", "projects/123/services/other.");
    assertWrong(
        "APIs",
        Failure.Kind.MISMATCH,
        "batch.googleapis.com, storage.googleapis.com are not enabled; run 'gcloud services enable"
            + " batch.googleapis.com storage.googleapis.com --project my-project'");
  }

  @Test
  void of_projectPermissionsThatTheLauncherLacks_areNamed() {
    google.replace(PROJECT, "\"batch.jobs.create\", ", "");
    assertWrong(
        "permissions on my-project",
        Failure.Kind.PERMISSION,
        FakeGoogle.LAUNCHER + " lacks batch.jobs.create. " + RECENTLY + APPLY);
  }

  @Test
  void of_somebodyElseWithoutPermissions_isToldToActAsTheLauncher() {
    google.replace("POST /oauth2", FakeGoogle.LAUNCHER, "me@example.com");
    google.answer(ACCOUNT + "alexnet-dev-job", 200, "{}");

    assertThat(look())
        .contains(
            new Check(
                FakeGoogle.JOB,
                Failure.Kind.PERMISSION,
                "me@example.com lacks iam.serviceAccounts.actAs. "
                    + RECENTLY
                    + "act as the launcher: run 'gcloud auth application-default login"
                    + " --impersonate-service-account="
                    + FakeGoogle.LAUNCHER
                    + "'"));
  }

  @Test
  void of_missingServiceAccount_isDrift() {
    google.answer(
        ACCOUNT + "alexnet-dev-dataflow", 404, FakeGoogle.error(404, "NOT_FOUND", "Unknown"));
    assertWrong(FakeGoogle.DATAFLOW, Failure.Kind.MISMATCH, "it is not there; " + APPLY);
  }

  @Test
  void of_quotasThatAreTooSmall_areNamedWithTheCommandThatAsksForThem() {
    google
        .replace(REGION, "\"NVIDIA_L4_GPUS\", \"limit\": 2.0", "\"NVIDIA_L4_GPUS\", \"limit\": 0.0")
        .replace(REGION, "\"limit\": 4.0", "\"limit\": 1.0")
        .replace(WHOLE, "\"limit\": 2.0", "\"limit\": 0.0");
    String request =
        "gcloud beta quotas preferences create --service=compute.googleapis.com"
            + " --project=my-project --quota-id=";
    assertWrong(
        new Check(
            "quota NVIDIA_L4_GPUS",
            Failure.Kind.MISMATCH,
            "0 in us-central1, and g2-standard-24 needs 2; run '"
                + request
                + "NVIDIA-L4-GPUS-per-project-region --dimensions=region=us-central1"
                + " --preferred-value=2'"),
        new Check(
            "quota PREEMPTIBLE_NVIDIA_L4_GPUS",
            Failure.Kind.MISMATCH,
            "1 in us-central1, and g2-standard-24 needs 2; run '"
                + request
                + "PREEMPTIBLE-NVIDIA-L4-GPUS-per-project-region --dimensions=region=us-central1"
                + " --preferred-value=2'"),
        new Check(
            "quota GPUS_ALL_REGIONS",
            Failure.Kind.MISMATCH,
            "0 in all regions, and g2-standard-24 needs 2; run '"
                + request
                + "GPUS-ALL-REGIONS-per-project --preferred-value=2'"));
  }

  @Test
  void of_quotasInUse_saysThatAJobWaits() {
    google
        .replace(REGION, "\"limit\": 2.0, \"usage\": 0.0", "\"limit\": 2.0, \"usage\": 1.0")
        .replace(REGION, "\"limit\": 4.0, \"usage\": 0.0", "\"limit\": 4.0, \"usage\": 2.0");

    assertThat(look())
        .contains(
            good(
                "quota NVIDIA_L4_GPUS",
                "2 in us-central1, of which 1 in use: a job waits until they are free"),
            good("quota PREEMPTIBLE_NVIDIA_L4_GPUS", "4 in us-central1, of which 2 in use"));
  }

  @Test
  void of_unknownQuota_isAMistakeInTheProfile() {
    google.replace(REGION, "PREEMPTIBLE_NVIDIA_L4_GPUS", "PREEMPTIBLE_NVIDIA_L5_GPUS");
    assertWrong(
        "quota PREEMPTIBLE_NVIDIA_L4_GPUS",
        Failure.Kind.MISMATCH,
        "us-central1 has no quota of this name; correct the profile 'l4' in"
            + " terraform/modules/profile/profiles.tf");
  }

  @Test
  void of_quotasThatGoogleCannotTell_areToBeAskedForLater() {
    google.answer(
        REGION,
        200,
        "{\"quotaStatusWarning\": {\"code\": \"QUOTA_INFO_UNAVAILABLE\", \"message\": \"Busy.\"}}");
    String finding =
        "Google cannot tell the quotas of us-central1 now (Busy.); run this again later";
    assertWrong(
        new Check("quota NVIDIA_L4_GPUS", Failure.Kind.REMOTE, finding),
        new Check("quota PREEMPTIBLE_NVIDIA_L4_GPUS", Failure.Kind.REMOTE, finding));
  }

  @Test
  void of_zoneWithoutTheGpu_isDrift() {
    google.replace(ZONES, "zones/us-central1-b", "zones/us-central1-c");
    assertWrong(
        "zones with nvidia-l4",
        Failure.Kind.MISMATCH,
        "us-central1-b does not offer it; correct the profile 'l4' in"
            + " terraform/modules/profile/profiles.tf, then "
            + APPLY);
  }

  @Test
  void of_subnetworkOfAnotherNetworkWithoutPrivateAccess_isDrift() {
    google
        .replace(SUBNETWORK, "global/networks/alexnet-dev", "global/networks/default")
        .replace(SUBNETWORK, "true", "false");
    assertWrong(
        new Check(
            "subnetwork alexnet-dev",
            Failure.Kind.MISMATCH,
            "it belongs to https://www.googleapis.com/compute/v1/projects/my-project/global/networks/default,"
                + " and the contract's network is projects/my-project/global/networks/alexnet-dev; "
                + PLAN),
        new Check(
            "subnetwork alexnet-dev",
            Failure.Kind.MISMATCH,
            "machines without an external address cannot reach Google through it; run 'gcloud"
                + " compute networks subnets update alexnet-dev --region=us-central1"
                + " --project=my-project --enable-private-ip-google-access'"));
  }

  @Test
  void of_missingBucket_isDrift() {
    google.answer(
        RUNS,
        404,
        "{\"error\": {\"code\": 404, \"message\": \"The specified bucket does not exist.\"}}");
    assertWrong("gs://my-runs", Failure.Kind.MISMATCH, "it is not there; " + APPLY);
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
            "it lies in EU, and jobs run in us-central1; a bucket cannot be moved: " + PLAN),
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
