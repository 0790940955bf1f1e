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

/** An environment in which everything is right until a test changes what Google answers. */
abstract class EnvironmentTest {
  static final Duration TIMEOUT = Duration.ofSeconds(60);
  static final String IMAGE = FakeGoogle.REPOSITORY + "/alexnet/job" + FakeGoogle.DIGEST;

  static final String SERVICES = "GET /serviceusage";
  static final String PROJECT = "POST /cloudresourcemanager";
  static final String ACCOUNT = "POST /iam.googleapis.com/v1/projects/-/serviceAccounts/";
  static final String REGION =
      "GET /compute.googleapis.com/compute/v1/projects/my-project/regions/us-central1?";
  static final String WHOLE = "GET /compute.googleapis.com/compute/v1/projects/my-project?";
  static final String ZONES =
      "GET /compute.googleapis.com/compute/v1/projects/my-project/aggregated";
  static final String SUBNETWORK =
      "GET /compute.googleapis.com/compute/v1/projects/my-project/regions/us-central1/sub";
  static final String RUNS = "GET /storage.googleapis.com/storage/v1/b/my-runs?";
  static final String RUNS_PERMISSIONS = "GET /storage.googleapis.com/storage/v1/b/my-runs/iam";
  static final String REPOSITORY =
      "GET /artifactregistry.googleapis.com/v1/projects/my-project/locations/us-central1/repositories/alexnet-dev";
  static final String STORED = REPOSITORY + "/dockerImages";

  static final String APPLY = "run '(cd terraform/environments/dev && terraform apply)'";
  static final String PLAN =
      "run '(cd terraform/environments/dev && terraform plan)' and read what it would replace";
  static final String RECENTLY = "If it was granted less than five minutes ago, wait; otherwise ";

  static final List<Check> HEALTHY =
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

  FakeGoogle google;

  @BeforeEach
  void start() throws IOException {
    google = new FakeGoogle();
  }

  @AfterEach
  void stop() {
    google.close();
  }

  record Token(String account) implements CloudCredentials {
    @Override
    public Map<String, List<String>> headers(URI request) {
      return Map.of("Authorization", List.of("Bearer a+b"));
    }
  }

  static Check good(String subject, String finding) {
    return new Check(subject, null, finding);
  }

  static EnvironmentContract contract() {
    return EnvironmentContract.read(
        FakeGoogle.CONTRACT.getBytes(StandardCharsets.UTF_8), "environment.json");
  }

  CloudApi api() {
    return new CloudApi(new Token(""), google.address(), TIMEOUT);
  }

  List<Check> look() {
    return new EnvironmentChecks(api()).of(contract(), IMAGE);
  }

  /** The environment is well but for these, which are about one subject each. */
  void assertWrong(Check... wrong) {
    List<Check> found = look();

    assertThat(found.stream().filter(check -> !check.isGood())).containsExactly(wrong);
    List<String> subjects = List.of(wrong).stream().map(Check::subject).toList();
    assertThat(found.stream().filter(Check::isGood))
        .isEqualTo(HEALTHY.stream().filter(check -> !subjects.contains(check.subject())).toList());
  }

  void assertWrong(String subject, Failure.Kind kind, String finding) {
    assertWrong(new Check(subject, kind, finding));
  }
}
