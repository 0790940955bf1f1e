package dev.alexnet.ops.doctor;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.ops.environment.EnvironmentContract;
import java.util.Collection;
import java.util.List;

/**
 * What to do about what was found.
 *
 * @param account the e-mail address of who asks; empty where it is not known
 */
record Remedies(EnvironmentContract contract, String account) {
  private static final String GRANTED =
      "If it was granted less than five minutes ago, wait; otherwise ";
  private static final String UNNAMED = "the account of the credentials";

  /** Names who asks, for the middle of a sentence. */
  String caller() {
    return account.isEmpty() ? UNNAMED : account;
  }

  private String directory() {
    return "terraform/environments/" + contract.environment();
  }

  /** For what Terraform makes. */
  String apply() {
    return "run '(cd " + directory() + " && terraform apply)'";
  }

  /** For what Terraform would destroy to make it right. */
  String plan() {
    return "run '(cd " + directory() + " && terraform plan)' and read what it would replace";
  }

  private String grant() {
    String launcher = contract.serviceAccounts().launcher();
    return account.equals(launcher)
        ? apply()
        : "act as the launcher: run 'gcloud auth application-default login"
            + " --impersonate-service-account="
            + launcher
            + "'";
  }

  /** Compares what was asked for with what is held. */
  List<Check> permissions(String subject, List<String> wanted, Collection<String> held) {
    List<String> missing = wanted.stream().filter(name -> !held.contains(name)).toList();
    return missing.isEmpty()
        ? List.of()
        : List.of(
            new Check(
                subject,
                Failure.Kind.PERMISSION,
                "%s lacks %s. %s%s"
                    .formatted(caller(), String.join(", ", missing), GRANTED, grant())));
  }

  /** What a failed request means. */
  Check of(String subject, CloudException e) {
    return switch (e.kind()) {
      case UNREACHABLE ->
          new Check(
              subject,
              Failure.Kind.REMOTE,
              "%s cannot be reached (%s), and the rest of the environment was not checked; check the network, then run this again"
                  .formatted(e.service(), e.getMessage()));
      case UNAUTHENTICATED ->
          new Check(
              subject,
              Failure.Kind.PERMISSION,
              "no valid credentials (%s), and the rest of the environment was not checked; %s"
                  .formatted(e.getMessage(), logIn(e)));
      case REFUSED -> refused(subject, e);
      case FOREIGN ->
          new Check(
              subject,
              Failure.Kind.REMOTE,
              "a response from %s with status %d does not look like Google's; check whether a proxy is in the way, then run this again"
                  .formatted(e.service(), e.status()));
    };
  }

  private String logIn(CloudException e) {
    // Google refuses so who may not act as the account that the credentials name.
    return e.getMessage().contains("iam.serviceAccounts.getAccessToken")
        ? "if it was allowed less than five minutes ago, wait; otherwise "
            + "add yourself to 'launchers' in "
            + directory()
            + "/terraform.tfvars, then "
            + apply()
        : "run 'gcloud auth application-default login'";
  }

  private Check refused(String subject, CloudException e) {
    return switch (e.status()) {
      case 403 -> forbidden(subject, e);
      case 404 -> new Check(subject, Failure.Kind.MISMATCH, "it does not exist; " + apply());
      default ->
          new Check(
              subject,
              Failure.Kind.REMOTE,
              "%s answers %d (%s); run this again later"
                  .formatted(e.service(), e.status(), e.getMessage()));
    };
  }

  private Check forbidden(String subject, CloudException e) {
    // The reason is then SERVICE_DISABLED too, but of a project of Google's own.
    if (e.getMessage().contains("quota project")) {
      return new Check(
          subject,
          Failure.Kind.PERMISSION,
          "the credentials name no project to charge requests to; run 'gcloud auth application-default set-quota-project %s'"
              .formatted(contract.project()));
    }
    if (e.reason().equals("SERVICE_DISABLED") || e.reason().equals("accessNotConfigured")) {
      return new Check(
          subject,
          Failure.Kind.MISMATCH,
          "%s is not enabled. If it was enabled less than five minutes ago, wait; otherwise run 'gcloud services enable %s --project %s'"
              .formatted(e.service(), e.service(), contract.project()));
    }
    return new Check(
        subject,
        Failure.Kind.PERMISSION,
        "%s may not look at it (%s). %s%s".formatted(caller(), e.getMessage(), GRANTED, grant()));
  }
}
