package dev.alexnet.ops.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentChecksTest extends EnvironmentTest {
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
    assertWrong(FakeGoogle.DATAFLOW, Failure.Kind.MISMATCH, "it does not exist; " + APPLY);
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
            "0 in us-central1, but g2-standard-24 needs 2; request more from Google with '"
                + request
                + "NVIDIA-L4-GPUS-per-project-region --dimensions=region=us-central1"
                + " --preferred-value=2'"),
        new Check(
            "quota PREEMPTIBLE_NVIDIA_L4_GPUS",
            Failure.Kind.MISMATCH,
            "1 in us-central1, but g2-standard-24 needs 2; request more from Google with '"
                + request
                + "PREEMPTIBLE-NVIDIA-L4-GPUS-per-project-region --dimensions=region=us-central1"
                + " --preferred-value=2'"),
        new Check(
            "quota GPUS_ALL_REGIONS",
            Failure.Kind.MISMATCH,
            "0 in all regions, but g2-standard-24 needs 2; request more from Google with '"
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
}
