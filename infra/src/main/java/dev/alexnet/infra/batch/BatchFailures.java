package dev.alexnet.infra.batch;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import dev.alexnet.infra.failure.Failure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

/** Maps errors of Batch to failures that an operator can act on. */
final class BatchFailures {
  private static final String SERVICE = "batch.googleapis.com";
  private static final int LONGEST = 300;

  private final String project;
  private final String region;
  private final BatchAccount account;

  BatchFailures(String project, String region, BatchAccount account) {
    this.project = project;
    this.region = region;
    this.account = account;
  }

  /** The service refused. */
  Failure refused(BatchAction action, String job, ApiException cause) {
    String reason = cause.getReason() == null ? "" : cause.getReason();
    return switch (cause.getStatusCode().getCode()) {
      case UNAUTHENTICATED -> withoutCredentials(text(cause), cause);
      case PERMISSION_DENIED -> forbidden(action, job, reason, cause);
      case NOT_FOUND ->
          action == BatchAction.CANCEL
              ? failure(
                  Failure.Kind.INPUT_MISSING,
                  action,
                  job,
                  cause,
                  "there is no such job; 'gcloud batch jobs list --location "
                      + region
                      + "' shows all")
              : failure(
                  Failure.Kind.MISMATCH,
                  action,
                  job,
                  cause,
                  "check the project and the region in the environment's contract");
      case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE ->
          failure(
              Failure.Kind.MISMATCH,
              action,
              job,
              cause,
              "change what it names: the contract, or the options of this command");
      default ->
          failure(Failure.Kind.REMOTE, action, job, cause, "run the same command again later");
    };
  }

  private Failure forbidden(BatchAction action, String job, String reason, ApiException cause) {
    if (text(cause).contains("quota project")) {
      return failure(
          Failure.Kind.PERMISSION,
          action,
          job,
          cause,
          "the credentials name no project to charge requests to; run 'gcloud auth"
              + " application-default set-quota-project "
              + project
              + "'");
    }
    return switch (reason) {
      case "SERVICE_DISABLED" ->
          failure(
              Failure.Kind.MISMATCH,
              action,
              job,
              cause,
              "the API is not enabled. If it was enabled less than five minutes ago, wait;"
                  + " otherwise run 'gcloud services enable "
                  + SERVICE
                  + " --project "
                  + project
                  + "'");
      case "CONSUMER_INVALID" ->
          failure(
              Failure.Kind.MISMATCH,
              action,
              job,
              cause,
              "the project does not exist; check the environment's contract");
      default ->
          failure(
              Failure.Kind.PERMISSION,
              action,
              job,
              cause,
              "this needs the permission "
                  + action.permission()
                  + (action == BatchAction.SUBMIT
                      ? " in the project, and iam.serviceAccounts.actAs on the job's account"
                      : " in the project")
                  + ". If it was granted less than five minutes ago, wait; otherwise act as the"
                  + " environment's launcher, or ask for its roles. The project may also not"
                  + " exist");
    };
  }

  /** The service stayed unavailable. */
  Failure unavailable(BatchAction action, String job, ApiException cause, String tries) {
    return failure(
        Failure.Kind.REMOTE,
        action,
        job,
        cause,
        tries
            + "; "
            + (cause.getStatusCode().getCode() == StatusCode.Code.RESOURCE_EXHAUSTED
                ? "wait, or ask for a larger quota of Batch, then run the same command again"
                : "check the network, or run the same command again later"));
  }

  /** An access token could not be had. */
  Failure ofCredentials(IOException cause) {
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof UnknownHostException
          || each instanceof ConnectException
          || each instanceof SocketTimeoutException) {
        return unreachable("no access token could be fetched: " + each, cause);
      }
    }
    return withoutCredentials(String.valueOf(cause.getMessage()), cause);
  }

  Failure withoutCredentials(String why, Throwable cause) {
    return new Failure(
        Failure.Kind.PERMISSION,
        "Batch has no valid credentials for the project "
            + project
            + ": "
            + oneLine(why)
            + "; run 'gcloud auth application-default login'",
        cause);
  }

  Failure unreachable(String why, Throwable cause) {
    return new Failure(
        Failure.Kind.REMOTE,
        SERVICE
            + " cannot be reached: "
            + oneLine(why)
            + "; check the network, then run the same command again",
        cause);
  }

  /** Another job has the id. */
  Failure taken(String job) {
    return new Failure(
        Failure.Kind.OUTPUT_EXISTS,
        "Cannot submit the job %s%s: another job has this id; take another name for the run, or delete that job: 'gcloud batch jobs delete %s --location %s --project %s'"
            .formatted(job, where(), job, region, project));
  }

  /** The service says that a job exists, and does not find it. */
  Failure notShown(String job) {
    return new Failure(
        Failure.Kind.REMOTE,
        "Cannot submit the job %s%s: the service says that it exists, but does not find it; run the same command again later"
            .formatted(job, where()));
  }

  static Failure interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new Failure(
        Failure.Kind.INTERRUPTED,
        "Stopped while Batch was asked; run the same command again to continue",
        cause);
  }

  private Failure failure(
      Failure.Kind kind, BatchAction action, String job, ApiException cause, String what) {
    return new Failure(
        kind,
        "Cannot " + action.verb() + " " + job + where() + ": " + text(cause) + "; " + what,
        cause);
  }

  private String where() {
    return " (project " + project + ", region " + region + ", " + account.inWords() + ")";
  }

  /** What the service says: its status with its words, on one line. */
  private static String text(ApiException cause) {
    return oneLine(cause.getMessage().replaceFirst("^(?:io\\.grpc\\.\\w+|[\\w.]+Exception): ", ""));
  }

  private static String oneLine(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
