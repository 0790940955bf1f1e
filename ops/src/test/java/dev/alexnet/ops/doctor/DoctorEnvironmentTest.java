package dev.alexnet.ops.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.ops.cli.TypedLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line, with a local server in the place of Google's. */
class DoctorEnvironmentTest {
  @TempDir Path directory;

  private FakeGoogle google;
  private Path contract;

  @BeforeEach
  void start() throws IOException {
    google = new FakeGoogle();
    contract = Files.writeString(directory.resolve("environment.json"), FakeGoogle.CONTRACT);
    System.setProperty(CloudApi.ENDPOINT, google.address());
  }

  @AfterEach
  void stop() {
    System.clearProperty(CloudApi.ENDPOINT);
    google.close();
  }

  private TypedLine doctor(String... options) {
    String[] all = new String[options.length + 2];
    all[0] = "doctor";
    all[1] = "--arithmetic=none";
    System.arraycopy(options, 0, all, 2, options.length);
    return TypedLine.enter(all);
  }

  @Test
  void doctor_healthyEnvironment_exitsWith0() {
    TypedLine typed =
        doctor(
            "--environment=" + contract,
            "--image=" + FakeGoogle.REPOSITORY + "/alexnet/job" + FakeGoogle.DIGEST);

    assertThat(typed.exitCode()).as(typed.out()).isZero();
    assertThat(typed.out())
        .containsPattern("\nAPIs +good +all 12 are enabled\n")
        .containsPattern("\nquota PREEMPTIBLE_NVIDIA_L4_GPUS +good +4 in us-central1\n")
        .containsPattern("\nimage +good +us-central1-docker.pkg.dev/my-project/alexnet-dev/");
    assertThat(google.requests()).hasSize(17);
  }

  @Test
  void doctor_withoutAnEnvironment_asksNobody() {
    TypedLine typed = doctor();

    assertThat(typed.exitCode()).isZero();
    assertThat(google.requests()).isEmpty();
  }

  @Test
  void doctor_disabledApi_exitsWith78AndTheCommand() {
    google.replace("GET /serviceusage", "\"ENABLED\", \"parent\"", "\"DISABLED\", \"parent\"");

    TypedLine typed = doctor("--environment=" + contract);

    assertThat(typed.exitCode()).isEqualTo(78);
    assertThat(typed.out())
        .containsPattern(
            "\nAPIs +wrong +artifactregistry.googleapis.com, .* are not enabled; run 'gcloud"
                + " services enable artifactregistry.googleapis.com .* --project my-project'\n");
    assertThat(typed.err()).isEqualTo("alexnet: 1 problem, see above\n");
  }

  @Test
  void doctor_serviceThatIsDown_exitsWith76() {
    google.answer("GET /serviceusage", 503, FakeGoogle.error(503, "UNAVAILABLE", "Down."));

    assertThat(doctor("--environment=" + contract).exitCode()).isEqualTo(76);
  }

  @Test
  void doctor_credentialsThatExpired_exitsWith77() {
    google.answer("GET /serviceusage", 401, FakeGoogle.error(401, "UNAUTHENTICATED", "Expired."));

    assertThat(doctor("--environment=" + contract).exitCode()).isEqualTo(77);
  }

  @Test
  void doctor_missingImage_exitsWith66() {
    google.answer(
        "GET /artifactregistry.googleapis.com/v1/projects/my-project/locations/us-central1"
            + "/repositories/alexnet-dev/dockerImages",
        404,
        FakeGoogle.error(404, "NOT_FOUND", "Not found."));
    TypedLine typed =
        doctor(
            "--environment=" + contract,
            "--image=" + FakeGoogle.REPOSITORY + "/alexnet/job" + FakeGoogle.DIGEST);

    assertThat(typed.exitCode()).isEqualTo(66);
  }

  @Test
  void doctor_contractThatCannotBeRead_asksNobody() throws IOException {
    assertThat(doctor("--environment=" + directory.resolve("other.json")).exitCode()).isEqualTo(66);

    Files.writeString(contract, "{\"schema\": 2}");
    TypedLine typed = doctor("--environment=" + contract);

    assertThat(typed.exitCode()).isEqualTo(78);
    assertThat(typed.err())
        .startsWith("alexnet: " + contract + " has schema 2, and this program reads 1. ");
    assertThat(google.requests()).isEmpty();
  }

  @Test
  void doctor_imageWithoutADigest_isAUsageError() {
    TypedLine typed = doctor("--environment=" + contract, "--image=" + FakeGoogle.REPOSITORY);

    assertThat(typed.exitCode()).isEqualTo(64);
    assertThat(typed.err())
        .contains("it must be an image with its digest: REPOSITORY/NAME@sha256:...");
  }

  @Test
  void doctor_imageWithoutAnEnvironment_isAUsageError() {
    TypedLine typed = doctor("--image=a/b" + FakeGoogle.DIGEST);

    assertThat(typed.exitCode()).isEqualTo(64);
    assertThat(typed.err()).contains("image is about an environment; give --environment with it");
  }
}
