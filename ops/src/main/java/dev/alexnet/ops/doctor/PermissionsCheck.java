package dev.alexnet.ops.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whether who asks holds permissions on one thing.
 *
 * @param resource what the API calls it, with the version of the API before it
 * @param wanted names of permissions
 */
record PermissionsCheck(
    String subject, String service, String resource, List<String> wanted, Remedies remedies)
    implements EnvironmentCheck {

  /** What submitting and watching jobs needs on the project. */
  private static final List<String> ON_PROJECT =
      List.of(
          "batch.jobs.create",
          "batch.jobs.delete",
          "batch.jobs.get",
          "compute.regions.get",
          "dataflow.jobs.cancel",
          "dataflow.jobs.create",
          "dataflow.jobs.get",
          "logging.logEntries.list",
          "monitoring.timeSeries.list",
          "serviceusage.services.use");

  static PermissionsCheck onProject(Remedies remedies) {
    String project = remedies.contract().project();
    return new PermissionsCheck(
        "permissions on " + project,
        "cloudresourcemanager.googleapis.com",
        "/v3/projects/" + project,
        ON_PROJECT,
        remedies);
  }

  /** Jobs run as service accounts, which who submits them must be allowed to use. */
  static PermissionsCheck onServiceAccount(String account, Remedies remedies) {
    return new PermissionsCheck(
        account,
        "iam.googleapis.com",
        "/v1/projects/-/serviceAccounts/" + UrlText.encode(account),
        List.of("iam.serviceAccounts.actAs"),
        remedies);
  }

  @Override
  public List<Check> look(CloudApi api) {
    JsonNode answer =
        api.post(service, resource + ":testIamPermissions", Map.of("permissions", wanted));
    List<Check> missing = remedies.permissions(subject, wanted, texts(answer.path("permissions")));
    return missing.isEmpty()
        ? List.of(
            Check.good(
                subject,
                remedies.caller()
                    + " has "
                    + (wanted.size() == 1 ? wanted.get(0) : "all " + wanted.size())))
        : missing;
  }

  /** The answer has no list at all where nothing is held. */
  static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
