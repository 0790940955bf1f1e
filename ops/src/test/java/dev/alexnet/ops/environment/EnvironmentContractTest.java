package dev.alexnet.ops.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.failure.Failure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentContractTest {
  private static final String JSON =
      """
      {
        "schema": 1,
        "environment": "dev",
        "project": "my-project",
        "region": "us-central1",
        "network": "projects/my-project/global/networks/alexnet-dev",
        "subnetwork": "projects/my-project/regions/us-central1/subnetworks/alexnet-dev",
        "buckets": {"archives": "a", "runs": "r", "temp": "t"},
        "service_accounts": {"job": "j@p", "dataflow": "d@p", "launcher": "l@p"},
        "image_repository": "us-central1-docker.pkg.dev/my-project/alexnet-dev",
        "failed_jobs_topic": "projects/my-project/topics/alexnet-dev-failed-jobs",
        "labels": {"application": "alexnet", "environment": "dev"},
        "profile": "l4",
        "profiles": {
          "l4": {
            "machine_type": "g2-standard-24",
            "accelerator": "nvidia-l4",
            "accelerators": 2,
            "quota": {"standard": "NVIDIA_L4_GPUS", "spot": "PREEMPTIBLE_NVIDIA_L4_GPUS"},
            "hourly_price": {"standard": 2, "spot": 0.8},
            "zones": ["us-central1-a", "us-central1-b"]
          }
        }
      }
      """;

  private static EnvironmentContract read(String json) {
    return EnvironmentContract.read(json.getBytes(StandardCharsets.UTF_8), "environment.json");
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertMismatch(String json) {
    return assertThatThrownBy(() -> read(json))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.MISMATCH));
  }

  @Test
  void read_contract_hasEveryValue() {
    assertThat(read(JSON))
        .isEqualTo(
            new EnvironmentContract(
                1,
                "dev",
                "my-project",
                "us-central1",
                "projects/my-project/global/networks/alexnet-dev",
                "projects/my-project/regions/us-central1/subnetworks/alexnet-dev",
                new EnvironmentContract.Buckets("a", "r", "t"),
                new EnvironmentContract.ServiceAccounts("j@p", "d@p", "l@p"),
                "us-central1-docker.pkg.dev/my-project/alexnet-dev",
                "projects/my-project/topics/alexnet-dev-failed-jobs",
                Map.of("application", "alexnet", "environment", "dev"),
                "l4",
                Map.of(
                    "l4",
                    new MachineProfile(
                        "g2-standard-24",
                        "nvidia-l4",
                        2,
                        new MachineProfile.Quota("NVIDIA_L4_GPUS", "PREEMPTIBLE_NVIDIA_L4_GPUS"),
                        new MachineProfile.HourlyPrice(2, 0.8),
                        List.of("us-central1-a", "us-central1-b")))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "environment",
        "project",
        "region",
        "network",
        "subnetwork",
        "buckets",
        "service_accounts",
        "image_repository",
        "failed_jobs_topic",
        "labels",
        "profile",
        "profiles",
        "buckets.archives",
        "buckets.runs",
        "buckets.temp",
        "service_accounts.job",
        "service_accounts.dataflow",
        "service_accounts.launcher",
        "profiles.l4.machine_type",
        "profiles.l4.accelerator",
        "profiles.l4.accelerators",
        "profiles.l4.quota",
        "profiles.l4.zones"
      })
  void read_keyUnderAnotherName_isMismatchThatNamesBothPaths(String path) {
    String parent = path.substring(0, path.lastIndexOf('.') + 1);
    String key = path.substring(parent.length());
    assertMismatch(JSON.replaceFirst("\"" + key + "\":", "\"other\":"))
        .hasMessageStartingWith(
            "environment.json is not what was expected: the key '%s' is missing; the key '%sother' is unknown (line "
                .formatted(path, parent))
        .hasMessageEndingWith(
            ". Write it again: terraform output -json contract > environment.json");
  }

  @ParameterizedTest
  @CsvSource({
    "schema, ''",
    "archives, buckets.",
    "job, service_accounts.",
    "accelerator, profiles.l4.",
    "spot, profiles.l4.quota."
  })
  void read_unknownKey_isMismatchThatNamesItsPath(String before, String parent) {
    assertMismatch(JSON.replaceFirst("\"%s\"".formatted(before), "\"colour\": \"red\", $0"))
        .hasMessageStartingWith(
            "environment.json is not what was expected: the key '%scolour' is unknown (line "
                .formatted(parent));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"my-project\",                  | \"\",    | contract: project is empty",
        "\"us-central1\",                 | null,    | contract: region is null",
        "{\"archives\": \"a\", \"runs\": \"r\", \"temp\": \"t\"} | null | contract: buckets is null",
        "\"archives\": \"a\"              | \"archives\": null | buckets: archives is null",
        "\"runs\": \"r\"                  | \"runs\": \"gs://p-runs\""
            + " | buckets: runs is 'gs://p-runs'; it must be the name of a bucket alone,"
            + " without gs://: lower-case letters, digits, ., _ and -. Write",
        "\"runs\": \"r\"                  | \"runs\": \"p-runs/\" | buckets: runs is 'p-runs/'; it",
        "\"runs\": \"r\"                  | \"runs\": \"p-runs-\" | buckets: runs is 'p-runs-'; it",
        "[\"us-central1-a\", \"us-central1-b\"] | null | profiles.l4: profile: zones is null",
        "\"g2-standard-24\" | \"\" | profiles.l4: profile: machine_type is empty",
        "\"NVIDIA_L4_GPUS\" | null | profiles.l4.quota: standard is null",
        "\"job\": \"j@p\"                 | \"job\": \" \" | service_accounts: job is empty",
        "\"profile\": \"l4\"              | \"profile\": \"t4\""
            + " | contract: profile is t4, which is not among the profiles [l4]",
        "\"spot\": 0.8                    | \"spot\": 2.5"
            + " | profiles.l4.hourly_price: spot is 2.5 and standard is 2.0;"
            + " both are above 0, and Spot costs at most as much",
        "[\"us-central1-a\", \"us-central1-b\"] | [] | profiles.l4: profile: zones is empty",
        "\"accelerators\": 2              | \"accelerators\": 0"
            + " | profiles.l4: profile: accelerators is 0; it must be at least 2, one for each tower",
        "\"accelerators\": 2              | \"accelerators\": 1"
            + " | profiles.l4: profile: accelerators is 1; it must be at least 2, one for each tower",
        "\"accelerators\": 2              | \"accelerators\": 2.5"
            + " | the key 'profiles.l4.accelerators' must have a whole number (line 18,",
        "\"us-central1-b\"                | null | profiles.l4: profile: zones has one that is null",
        "\"l4\": {                        | \"t4\": null, \"l4\": {"
            + " | contract: profiles has one that is null",
        "\"environment\": \"dev\"}          | \"environment\": null}"
            + " | contract: labels are {application=alexnet, environment=null}; Google takes",
        "\"us-central1-b\"                | \"us-west1-b\""
            + " | contract: profiles have zones that are not in the region us-central1",
        "\"environment\": \"dev\"}          | \"environment\": \"Dev\"}"
            + " | contract: labels are {application=alexnet, environment=Dev}; Google takes keys of",
        "\"accelerators\": 2              | \"accelerators\": \"2\""
            + " | the key 'profiles.l4.accelerators' must have a whole number (line 18,",
      })
  void read_wrongValue_isMismatchThatSaysWhy(String right, String wrong, String reason) {
    assertMismatch(JSON.replace(right, wrong))
        .hasMessageStartingWith("environment.json is not what was expected: " + reason);
  }

  @Test
  void read_noPrice_isOneThatIsNotKnown() {
    assertThat(
            read(JSON.replaceFirst("\"hourly_price\": \\{[^}]*},", ""))
                .profileNamed("l4")
                .hourlyPrice())
        .isNull();
  }

  @Test
  void read_severalKeysMissing_namesThemAll() {
    assertMismatch(
            JSON.replaceFirst("\"quota\": .*\n", "").replaceFirst("\"accelerator\": .*\n", ""))
        .hasMessageStartingWith(
            "environment.json is not what was expected: the keys 'profiles.l4.accelerator', 'profiles.l4.quota' are missing");
  }

  @Test
  void read_keysMissingAndUnknownInSeveralObjects_namesThemAllAndNoPlace() {
    assertMismatch(
            JSON.replace("\"runs\": \"r\"", "\"run\": \"r\"")
                .replace("\"job\": \"j@p\", ", "")
                .replaceFirst("\"region\": .*\n", ""))
        .hasMessage(
            "environment.json is not what was expected: the keys 'region', 'buckets.runs', 'service_accounts.job' are missing; the key 'buckets.run' is unknown. Write it again: terraform output -json contract > environment.json");
  }

  @Test
  void read_severalWrongValues_namesThemAll() {
    assertMismatch(JSON.replace("\"my-project\"", "\"\"").replace("\"us-central1\"", "\"\""))
        .hasMessageContainingAll("project is empty", "region is empty");
  }

  @Test
  void read_anotherSchema_saysWhichOneThisProgramReads() {
    assertMismatch(JSON.replace("\"schema\": 1", "\"schema\": 2"))
        .hasMessage(
            "environment.json has schema 2, and this program reads 1. Apply the terraform/ directory"
                + " of this version of the program. Write it again: terraform output -json contract"
                + " > environment.json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"contract\": {\"value\": {\"schema\": 1}}}", "{\"schema\": \"1\"}", "[]", "{}"})
  void read_somethingElse_saysHowAContractIsWritten(String json) {
    assertMismatch(json)
        .hasMessage(
            "environment.json is not an environment contract: it has no number 'schema'. Write it"
                + " again: terraform output -json contract > environment.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "Warning: No outputs found", "{\"schema\": 1"})
  void read_whatIsNotAnObject_isMismatch(String json) {
    assertMismatch(json)
        .hasMessageStartingWith("environment.json is ")
        .hasMessageEndingWith("terraform output -json contract > environment.json");
  }

  @Test
  void profileNamed_knownName_isThatProfile() {
    assertThat(read(JSON).profileNamed("l4").machineType()).isEqualTo("g2-standard-24");
  }

  @Test
  void profileNamed_unknownName_listsThoseThatThereAreAndSuggestsNone() {
    EnvironmentContract contract =
        read(JSON.replaceFirst("\"l4\": (?s)(\\{.*?]\\s*})", "\"t4\": $1, $0"));
    assertThatThrownBy(() -> contract.profileNamed("l5"))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.USAGE))
        .hasMessage("us-central1 does not offer the profile 'l5'; it offers l4, t4");
  }
}
