package dev.alexnet.infra.batch;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.batch.v1.Job;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.testing.PassingClock;
import dev.alexnet.infra.testing.batch.BatchFault;
import dev.alexnet.infra.testing.batch.BatchRequestKind;
import dev.alexnet.infra.testing.batch.FakeBatch;
import io.grpc.Status;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Refusals are told after one request, with what to do. */
class BatchRefusalsTest {
  private static final String WHERE =
      " (project my-project, region us-central1, without credentials): ";

  private final PassingClock clock = new PassingClock(Instant.EPOCH);
  private final FakeBatch fake = new FakeBatch(clock::instant);
  private final BatchJobs jobs = fake.client(clock).jobs("my-project", "us-central1");

  @AfterEach
  void close() {
    jobs.close();
    fake.close();
  }

  private void failCreate(Status status, String reason) {
    fake.failAll(BatchRequestKind.CREATE, BatchFault.of(status).because(reason));
  }

  @Test
  void submit_withoutPermission_namesItAndWhatToDo() {
    failCreate(
        Status.PERMISSION_DENIED.withDescription(
            "Permission 'batch.jobs.create' denied on 'projects/my-project/locations/us-central1'"),
        "IAM_PERMISSION_DENIED");

    assertThatFailure(() -> jobs.submit("first-1", Job.getDefaultInstance()))
        .isOfKind(Failure.Kind.PERMISSION)
        .hasMessage(
            "Cannot submit the job first-1"
                + WHERE
                + "PERMISSION_DENIED: Permission 'batch.jobs.create' denied on"
                + " 'projects/my-project/locations/us-central1'; this needs the permission"
                + " batch.jobs.create in the project, and iam.serviceAccounts.actAs on the job's"
                + " account. If it was granted less than five minutes ago, wait; otherwise act as"
                + " the environment's launcher, or ask for its roles. The project may also not"
                + " exist");
    assertThat(fake.requests()).isOne();
  }

  @Test
  void submit_whereTheApiIsOff_saysHowToEnableIt() {
    failCreate(Status.PERMISSION_DENIED.withDescription("Batch API is off."), "SERVICE_DISABLED");

    assertThatFailure(() -> jobs.submit("first-1", Job.getDefaultInstance()))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessage(
            "Cannot submit the job first-1"
                + WHERE
                + "PERMISSION_DENIED: Batch API is off.; the API is not enabled. If it was enabled"
                + " less than five minutes ago, wait; otherwise run 'gcloud services enable"
                + " batch.googleapis.com --project my-project'");
    assertThat(fake.requests()).isOne();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PERMISSION_DENIED | CONSUMER_INVALID | MISMATCH   | the project does not exist; check the environment's contract
          NOT_FOUND         | ''               | MISMATCH   | check the project and the region in the environment's contract
          INVALID_ARGUMENT  | ''               | MISMATCH   | change what it names: the contract, or the options of this command
          UNAUTHENTICATED   | ''               | PERMISSION | run 'gcloud auth application-default login'
          INTERNAL          | ''               | REMOTE     | run the same command again later
          """)
  void submit_thatIsRefused_saysWhatToDoAfterOneRequest(
      Status.Code code, String reason, Failure.Kind kind, String remedy) {
    failCreate(code.toStatus().withDescription("It says no."), reason);

    assertThatFailure(() -> jobs.submit("first-1", Job.getDefaultInstance()))
        .isOfKind(kind)
        .hasMessageContaining("It says no.")
        .hasMessageEndingWith("; " + remedy);
    assertThat(fake.requests()).isOne();
  }

  @Test
  void submit_whereCredentialsNameNoProject_saysHowToSetOne() {
    failCreate(
        Status.PERMISSION_DENIED.withDescription("This API requires a quota project."),
        "SERVICE_DISABLED");

    assertThatFailure(() -> jobs.submit("first-1", Job.getDefaultInstance()))
        .isOfKind(Failure.Kind.PERMISSION)
        .hasMessageEndingWith("run 'gcloud auth application-default set-quota-project my-project'");
  }

  @Test
  void submit_ofAJobThatBatchRefuses_repeatsItsWords() {
    assertThatFailure(() -> jobs.submit("First_1", Job.getDefaultInstance()))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessageContaining(
            "INVALID_ARGUMENT: job_id is not valid; there must be one task group");
  }

  @Test
  void submit_withoutCredentials_makesNoRequest() {
    assertThatFailure(
            () ->
                submitWith(
                    () -> {
                      throw new IOException(
                          "Your default credentials were not found. To set up Application Default Credentials…");
                    }))
        .isOfKind(Failure.Kind.PERMISSION)
        .hasMessage(
            "Batch has no valid credentials for the project my-project: Your default credentials"
                + " were not found. To set up Application Default Credentials…; run 'gcloud auth"
                + " application-default login'");
    assertThat(fake.requests()).isZero();
  }

  @Test
  void submit_withExpiredCredentials_makesNoRequest() {
    assertThatFailure(
            () -> submitWith(() -> refusing(new IOException("invalid_grant: Bad Request"))))
        .isOfKind(Failure.Kind.PERMISSION)
        .hasMessageContaining("invalid_grant: Bad Request; run 'gcloud auth")
        .hasMessageEndingWith("application-default login'");
    assertThat(fake.requests()).isZero();
  }

  @Test
  void submit_whereNoTokenCanBeFetched_saysThatTheNetworkIsToBeChecked() {
    assertThatFailure(
            () -> submitWith(() -> refusing(new UnknownHostException("oauth2.googleapis.com"))))
        .isOfKind(Failure.Kind.REMOTE)
        .hasMessageContaining("check the network");
  }

  private static GoogleCredentials refusing(IOException why) {
    return new GoogleCredentials() {
      private static final long serialVersionUID = 1L;

      @Override
      public AccessToken refreshAccessToken() throws IOException {
        throw why;
      }
    };
  }

  private void submitWith(BatchAccount.Source credentials) {
    CloudBatch batch =
        new CloudBatch(credentials, CloudBatch.plainText(fake.address()), clock, notice -> {});
    try (BatchJobs own = batch.jobs("my-project", "us-central1")) {
      own.submit("first-1", Job.getDefaultInstance());
    }
  }
}
