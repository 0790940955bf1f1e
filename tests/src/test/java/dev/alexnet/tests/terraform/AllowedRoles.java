package dev.alexnet.tests.terraform;

import java.util.Map;
import java.util.Set;

/**
 * Every role that Terraform may grant, by the resource that grants it. All other roles are refused.
 */
final class AllowedRoles {
  /** Roles on a project that an environment grants, and that the deployer may therefore grant. */
  static final Set<String> OF_ENVIRONMENTS =
      Set.of(
          "roles/batch.agentReporter",
          "roles/batch.jobsEditor",
          "roles/compute.viewer",
          "roles/dataflow.developer",
          "roles/dataflow.worker",
          "roles/logging.logWriter",
          "roles/logging.viewer",
          "roles/monitoring.metricWriter",
          "roles/monitoring.viewer",
          "roles/serviceusage.serviceUsageConsumer");

  /** Roles on a project that the bootstrap grants to the planner and the deployer. */
  static final Set<String> OF_BOOTSTRAP =
      Set.of(
          "roles/artifactregistry.admin",
          "roles/artifactregistry.reader",
          "roles/compute.networkAdmin",
          "roles/compute.securityAdmin",
          "roles/compute.viewer",
          "roles/iam.securityReviewer",
          "roles/iam.serviceAccountAdmin",
          "roles/logging.configWriter",
          "roles/logging.viewer",
          "roles/monitoring.editor",
          "roles/monitoring.viewer",
          "roles/pubsub.admin",
          "roles/pubsub.viewer",
          "roles/resourcemanager.projectIamAdmin",
          "roles/serviceusage.serviceUsageAdmin",
          "roles/serviceusage.serviceUsageConsumer",
          "roles/storage.admin",
          "roles/storage.bucketViewer");

  /** The role with which its holder can grant itself any other, unless a condition forbids it. */
  static final String GRANTS_ROLES = "roles/resourcemanager.projectIamAdmin";

  private static final Map<String, Set<String>> ON_SINGLE_THINGS =
      Map.of(
          "google_storage_bucket_iam_member",
          Set.of(
              "roles/storage.legacyBucketReader",
              "roles/storage.objectUser",
              "roles/storage.objectViewer"),
          "google_artifact_registry_repository_iam_member",
          Set.of("roles/artifactregistry.reader", "roles/artifactregistry.writer"),
          "google_pubsub_topic_iam_member",
          Set.of("roles/pubsub.publisher"),
          "google_service_account_iam_member",
          Set.of(
              "roles/iam.serviceAccountTokenCreator",
              "roles/iam.serviceAccountUser",
              "roles/iam.workloadIdentityUser"));

  private AllowedRoles() {}

  /**
   * @param onProject the roles that are allowed on the project
   */
  static boolean allow(Set<String> onProject, PlannedResource grant) {
    Set<String> allowed =
        grant.type().equals("google_project_iam_member")
            ? onProject
            : ON_SINGLE_THINGS.getOrDefault(grant.type(), Set.of());
    return allowed.contains(grant.text("role"));
  }
}
