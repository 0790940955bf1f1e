package dev.alexnet.tests.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The rules for everything that Terraform plans. */
final class PlanRules {
  private static final Set<String> LABELLED =
      Set.of(
          "google_artifact_registry_repository",
          "google_monitoring_alert_policy",
          "google_monitoring_notification_channel",
          "google_pubsub_subscription",
          "google_pubsub_topic",
          "google_storage_bucket");

  private static final Set<String> WITHOUT_LABELS =
      Set.of(
          "google_artifact_registry_repository_iam_member",
          "google_billing_budget",
          "google_compute_firewall",
          "google_compute_network",
          "google_compute_router",
          "google_compute_router_nat",
          "google_compute_subnetwork",
          "google_iam_workload_identity_pool",
          "google_iam_workload_identity_pool_provider",
          "google_logging_metric",
          "google_project_iam_member",
          "google_project_service",
          "google_pubsub_topic_iam_member",
          "google_service_account",
          "google_service_account_iam_member",
          "google_storage_bucket_iam_member",
          "terraform_data");

  private static final Set<String> EVERYWHERE = Set.of("0.0.0.0/0", "::/0");

  private final Set<String> rolesOnProject;

  /**
   * @param rolesOnProject the roles that may be granted on the project
   */
  PlanRules(Set<String> rolesOnProject) {
    this.rolesOnProject = Set.copyOf(rolesOnProject);
  }

  /** The broken rules, one line each: the resource and its problem. */
  List<String> violations(List<PlannedResource> plan) {
    return plan.stream().flatMap(this::violations).toList();
  }

  private Stream<String> violations(PlannedResource resource) {
    List<String> problems = new ArrayList<>();
    String type = resource.type();
    if (!LABELLED.contains(type) && !WITHOUT_LABELS.contains(type)) {
      problems.add(
          "no rule knows the type " + type + "; see what can be wrong with it, and add it");
    }
    if (type.matches(".*_iam_(member|binding|policy)")) {
      checkGrant(resource, problems);
    }
    if (type.equals("google_storage_bucket")) {
      checkBucket(resource, problems);
    }
    if (type.equals("google_compute_firewall")) {
      checkFirewall(resource, problems);
    }
    if (type.equals("google_iam_workload_identity_pool_provider")
        && !resource.text("attribute_condition").contains("assertion.repository_id ==")) {
      problems.add("no condition says which repository gets in");
    }
    if (hasExternalAddress(resource.values())) {
      problems.add("it has an external address");
    }
    if (LABELLED.contains(type)) {
      checkLabels(resource, problems);
    }
    return problems.stream().map(problem -> resource.address() + ": " + problem);
  }

  private void checkGrant(PlannedResource resource, List<String> problems) {
    if (!resource.type().endsWith("_iam_member")) {
      problems.add("it removes members that it does not name; use _iam_member");
    }
    String member = resource.text("member");
    if (member.isEmpty()) {
      problems.add("the plan does not say who gets the role");
    }
    if (member.startsWith("all") || member.startsWith("domain:") || member.endsWith("/*")) {
      problems.add(member + " is the public");
    }
    String role = resource.text("role");
    if (!AllowedRoles.allow(rolesOnProject, resource)) {
      problems.add(role + " is not among the roles that it may grant");
    }
    if (role.equals(AllowedRoles.GRANTS_ROLES)
        && !resource.values().at("/condition/0/expression").asText().contains(".hasOnly(")) {
      problems.add("it may grant any role, because no condition limits it");
    }
  }

  private static void checkBucket(PlannedResource bucket, List<String> problems) {
    if (!bucket.text("public_access_prevention").equals("enforced")) {
      problems.add("public_access_prevention is not enforced");
    }
    if (!bucket.values().path("uniform_bucket_level_access").asBoolean()) {
      problems.add("objects have access lists of their own");
    }
    for (JsonNode rule : bucket.values().path("lifecycle_rule")) {
      // A rule without an age is one of age 0.
      if (rule.at("/action/0/type").asText().equals("Delete")
          && rule.at("/condition/0/age").asInt() <= 0) {
        problems.add("objects are deleted at the age of 0 days");
      }
    }
  }

  private static void checkFirewall(PlannedResource firewall, List<String> problems) {
    if (firewall.text("direction").equals("EGRESS")) {
      return;
    }
    boolean named =
        Stream.of("source_ranges", "source_tags", "source_service_accounts")
            .anyMatch(attribute -> !firewall.texts(attribute).isEmpty());
    if (!named || firewall.texts("source_ranges").stream().anyMatch(EVERYWHERE::contains)) {
      problems.add("the whole internet may come in");
    }
  }

  private static boolean hasExternalAddress(JsonNode values) {
    return Stream.of("access_config", "ipv6_access_config", "nat_ips", "drain_nat_ips")
        .flatMap(name -> values.findValues(name).stream())
        .anyMatch(found -> !found.isEmpty());
  }

  private static void checkLabels(PlannedResource resource, List<String> problems) {
    // The labels of a notification channel are its settings.
    boolean ofMonitoring = resource.type().startsWith("google_monitoring_");
    JsonNode labels = resource.values().path(ofMonitoring ? "user_labels" : "labels");
    if (!labels.hasNonNull("application") || !labels.hasNonNull("environment")) {
      problems.add("the labels application and environment are missing");
    }
  }

  /** The buckets with data that a destroy would delete. */
  static List<String> unprotected(List<PlannedResource> plan) {
    List<String> guarded =
        plan.stream()
            .filter(resource -> resource.type().equals("terraform_data"))
            .filter(resource -> resource.name().equals("protection"))
            .flatMap(resource -> resource.texts("triggers_replace").stream())
            .toList();
    return plan.stream()
        .filter(resource -> resource.type().equals("google_storage_bucket"))
        .filter(bucket -> !bucket.text("name").endsWith("-temp"))
        .filter(
            bucket ->
                bucket.values().path("force_destroy").asBoolean()
                    || !guarded.contains(bucket.text("id")))
        .map(bucket -> bucket.address() + ": a destroy would take it")
        .toList();
  }
}
