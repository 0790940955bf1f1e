package dev.alexnet.ops.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.ops.environment.EnvironmentContract;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said when Google does not answer what was asked. */
class EnvironmentRefusalsTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(1500);
  private static final String ZONES =
      "GET /compute.googleapis.com/compute/v1/projects/my-project/aggregated";
  private static final String BUCKET = "GET /storage.googleapis.com/storage/v1/b/my-temp?";
  private static final String TOKEN = "POST /oauth2.googleapis.com/tokeninfo";
  private static final String NOT_LOOKED_AT = ", and the rest of the environment was not checked; ";

  private FakeGoogle google;

  @BeforeEach
  void start() throws IOException {
    google = new FakeGoogle();
  }

  @AfterEach
  void stop() {
    google.close();
  }

  private interface Headers {
    Map<String, List<String>> get() throws IOException;
  }

  private record Token(Headers headers) implements CloudCredentials {
    @Override
    public Map<String, List<String>> headers(URI request) throws IOException {
      return headers.get();
    }

    @Override
    public String account() {
      return "";
    }
  }

  private List<Check> look(Headers headers, Duration timeout) {
    EnvironmentContract contract =
        EnvironmentContract.read(
            FakeGoogle.CONTRACT.getBytes(StandardCharsets.UTF_8), "environment.json");
    CloudApi api = new CloudApi(new Token(headers), google.address(), timeout);
    return new EnvironmentChecks(api).of(contract, "");
  }

  private List<Check> look(Duration timeout) {
    return look(() -> Map.of("Authorization", List.of("Bearer abc")), timeout);
  }

  /** All others were looked at, and are good. */
  private void assertOnlyWrong(Check wrong) {
    List<Check> found = look(LONG);

    assertThat(found).hasSize(14).contains(wrong);
    assertThat(found.stream().filter(check -> !check.isGood())).hasSize(1);
  }

  /** Nothing was looked at after it. */
  private static void assertLast(List<Check> found, int count, Check wrong) {
    assertThat(found).hasSize(count).endsWith(wrong);
    assertThat(found.subList(0, count - 1)).allMatch(Check::isGood);
  }

  @Test
  void of_forbidden_namesWhoAsksAndAsksWhetherTheRoleIsNew() {
    google.answer(
        BUCKET,
        403,
        """
        {"error": {"code": 403, "message": "launcher does not have storage.buckets.get access.",
         "errors": [{"message": "m", "domain": "global", "reason": "forbidden"}]}}""");

    assertOnlyWrong(
        new Check(
            "gs://my-temp",
            Failure.Kind.PERMISSION,
            FakeGoogle.LAUNCHER
                + " may not look at it (launcher does not have storage.buckets.get access.). If it"
                + " was granted less than five minutes ago, wait; otherwise run '(cd"
                + " terraform/environments/dev && terraform apply)'"));
  }

  @Test
  void of_apiThatIsNotEnabled_saysHowToEnableIt() {
    google.answer(
        ZONES,
        403,
        """
        {"error": {"code": 403, "message": "Compute Engine API has not been used in project 123.",
         "status": "PERMISSION_DENIED", "details": [
         {"@type": "type.googleapis.com/google.rpc.Help", "links": []},
         {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "SERVICE_DISABLED",
          "domain": "googleapis.com", "metadata": {"service": "compute.googleapis.com"}}]}}""");

    assertOnlyWrong(
        new Check(
            "zones with nvidia-l4",
            Failure.Kind.MISMATCH,
            "compute.googleapis.com is not enabled. If it was enabled less than five minutes ago, wait;"
                + " otherwise run 'gcloud services enable compute.googleapis.com --project"
                + " my-project'"));
  }

  @Test
  void of_apiThatIsNotEnabledInTheWordsOfOlderApis_saysHowToEnableIt() {
    google.answer(
        ZONES,
        403,
        """
        {"error": {"code": 403, "message": "Access Not Configured.",
         "errors": [{"domain": "usageLimits", "reason": "accessNotConfigured"}]}}""");

    assertThat(look(LONG))
        .anyMatch(check -> check.finding().startsWith("compute.googleapis.com is not enabled. "));
  }

  @Test
  void of_credentialsWithoutAQuotaProject_saysHowToSetIt() {
    google.answer(
        ZONES,
        403,
        """
        {"error": {"code": 403, "message": "The API requires a quota project, which is not set.",
         "details": [{"reason": "SERVICE_DISABLED"}]}}""");

    assertOnlyWrong(
        new Check(
            "zones with nvidia-l4",
            Failure.Kind.PERMISSION,
            "the credentials name no project to charge requests to; run 'gcloud auth"
                + " application-default set-quota-project my-project'"));
  }

  @Test
  void of_serviceThatIsDown_isToBeAskedLater() {
    google.answer(ZONES, 503, FakeGoogle.error(503, "UNAVAILABLE", "The service is\\n  down."));

    assertOnlyWrong(
        new Check(
            "zones with nvidia-l4",
            Failure.Kind.REMOTE,
            "compute.googleapis.com answers 503 (The service is down.); run this again later"));
    assertThat(google.requests().stream().filter(request -> request.startsWith(ZONES))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "200, <html>Welcome to the hotel</html>",
    "404, <html>Not found</html>",
    "404, {}",
    "403, {\"detail\": \"no\"}"
  })
  void of_answerOfAProxy_isNotTakenForGoogles(int status, String body) {
    google.answer(ZONES, status, body);

    assertOnlyWrong(
        new Check(
            "zones with nvidia-l4",
            Failure.Kind.REMOTE,
            "a response from compute.googleapis.com with status "
                + status
                + " does not look like Google's; check whether a proxy is in the way, then run"
                + " this again"));
  }

  @Test
  void of_tokenThatIsNotValid_endsTheChecks() {
    google.answer(
        TOKEN, 400, "{\"error\": \"invalid_token\", \"error_description\": \"Invalid Value\"}");

    assertLast(
        look(LONG),
        1,
        new Check(
            "credentials",
            Failure.Kind.PERMISSION,
            "no valid credentials (Invalid Value)"
                + NOT_LOOKED_AT
                + "run 'gcloud auth application-default login'"));
    assertThat(google.requests()).hasSize(1);
  }

  @Test
  void of_credentialsThatExpire_endsTheChecks() {
    google.answer(ZONES, 401, FakeGoogle.error(401, "UNAUTHENTICATED", "Invalid credentials."));

    assertLast(
        look(LONG),
        9,
        new Check(
            "zones with nvidia-l4",
            Failure.Kind.PERMISSION,
            "no valid credentials (Invalid credentials.)"
                + NOT_LOOKED_AT
                + "run 'gcloud auth application-default login'"));
  }

  @Test
  void of_noCredentials_saysHowToGetThem() {
    assertLast(
        look(
            () -> {
              throw new IOException("Your default credentials were not found.");
            },
            LONG),
        1,
        new Check(
            "credentials",
            Failure.Kind.PERMISSION,
            "no valid credentials (Your default credentials were not found.)"
                + NOT_LOOKED_AT
                + "run 'gcloud auth application-default login'"));
  }

  @Test
  void of_whoMayNotActAsTheLauncher_saysHowToBeAllowed() {
    assertThat(
            look(
                    () -> {
                      throw new IOException(
                          "403 Permission 'iam.serviceAccounts.getAccessToken' denied");
                    },
                    LONG)
                .get(0)
                .finding())
        .isEqualTo(
            "no valid credentials (403 Permission 'iam.serviceAccounts.getAccessToken'"
                + " denied)"
                + NOT_LOOKED_AT
                + "if it was allowed less than five minutes ago, wait; otherwise add yourself to"
                + " 'launchers' in terraform/environments/dev/terraform.tfvars, then run '(cd"
                + " terraform/environments/dev && terraform apply)'");
  }

  @Test
  void of_tokenServiceThatIsUnknown_isTheNetworksFault() {
    assertLast(
        look(
            () -> {
              throw new IOException(
                  "Error refreshing", new UnknownHostException("oauth2.googleapis.com"));
            },
            LONG),
        1,
        new Check(
            "credentials",
            Failure.Kind.REMOTE,
            "oauth2.googleapis.com cannot be reached (no access token could be fetched:"
                + " the host oauth2.googleapis.com is unknown)"
                + NOT_LOOKED_AT
                + "check the network, then run this again"));
  }

  @Test
  void of_tokenThatDoesNotCome_isNotWaitedForLongerThanTheTimeout() {
    CountDownLatch never = new CountDownLatch(1);
    try {
      assertLast(
          look(
              () -> {
                try {
                  never.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                return Map.of();
              },
              SHORT),
          1,
          new Check(
              "credentials",
              Failure.Kind.REMOTE,
              "oauth2.googleapis.com cannot be reached (no access token came within 1.5 s)"
                  + NOT_LOOKED_AT
                  + "check the network, then run this again"));
    } finally {
      never.countDown();
    }
  }

  @Test
  void of_silentService_endsTheChecks() {
    google.silence(ZONES);

    assertLast(look(SHORT), 9, unreachable("no answer came within 1.5 s"));
  }

  @Test
  void of_answerThatStalls_endsTheChecks() {
    google.stall(ZONES);

    assertLast(look(SHORT), 9, unreachable("no answer came within 1.5 s"));
  }

  private static Check unreachable(String why) {
    return new Check(
        "zones with nvidia-l4",
        Failure.Kind.REMOTE,
        "compute.googleapis.com cannot be reached ("
            + why
            + ")"
            + NOT_LOOKED_AT
            + "check the network, then run this again");
  }

  @Test
  void of_nobodyThere_endsTheChecksAtTheFirst() {
    google.close();

    List<Check> found = look(LONG);

    assertThat(found).hasSize(1);
    assertThat(found.get(0).problem()).isEqualTo(Failure.Kind.REMOTE);
    assertThat(found.get(0).finding())
        .matches(
            "oauth2\\.googleapis\\.com cannot be reached \\(.+\\), and the rest of the environment"
                + " was not checked; check the network, then run this again");
  }

  @Test
  void of_accountThatNobodyTells_isNamedByWhatItIs() {
    google.answer(TOKEN, 200, "{\"scope\": \"s\"}");

    assertThat(look(LONG).get(0))
        .isEqualTo(new Check("credentials", null, "Google does not tell whose they are"));
  }
}
