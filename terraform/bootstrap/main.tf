locals {
  labels = { application = "alexnet", environment = "bootstrap" }

  # The planner reads what a plan compares; the deployer changes it.
  roles = {
    planner = [
      "artifactregistry.reader", "compute.viewer", "iam.securityReviewer", "logging.viewer",
      "monitoring.viewer", "pubsub.viewer", "serviceusage.serviceUsageConsumer",
      "storage.bucketViewer",
    ]
    deployer = [
      "artifactregistry.admin", "compute.networkAdmin", "compute.securityAdmin",
      "iam.serviceAccountAdmin", "logging.configWriter", "monitoring.editor", "pubsub.admin",
      "serviceusage.serviceUsageAdmin", "storage.admin",
    ]
  }
  grants = merge([for who, roles in local.roles : {
    for role in roles : "${who} ${role}" => { who = who, role = role }
  }]...)

  # What an environment grants on the project: modules/identities.
  grantable = [
    "batch.agentReporter", "batch.jobsEditor", "compute.viewer", "dataflow.developer",
    "dataflow.worker", "logging.logWriter", "logging.viewer", "monitoring.metricWriter",
    "monitoring.viewer", "serviceusage.serviceUsageConsumer",
  ]
}

module "services" {
  source  = "../modules/services"
  project = var.project
  services = [
    "cloudresourcemanager.googleapis.com", "iam.googleapis.com", "iamcredentials.googleapis.com",
    "serviceusage.googleapis.com", "storage.googleapis.com", "sts.googleapis.com",
  ]
}

# Terraform's state of every environment. A lost state is worse than lost data: old versions stay,
# and a destroy is refused.
resource "google_storage_bucket" "state" {
  project                     = module.services.project
  name                        = "${var.project}-alexnet-state"
  location                    = var.region
  labels                      = local.labels
  force_destroy               = false
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"

  versioning {
    enabled = true
  }

  soft_delete_policy {
    retention_duration_seconds = 30 * 86400
  }

  lifecycle_rule {
    condition {
      age                = 30
      num_newer_versions = 20
      with_state         = "ARCHIVED"
    }
    action {
      type = "Delete"
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}

# Two accounts, so that a pull request can be planned by one that changes nothing.
resource "google_service_account" "main" {
  for_each     = local.roles
  project      = module.services.project
  account_id   = "alexnet-${each.key}"
  display_name = "alexnet ${each.key}"
  description  = "Terraform's ${each.key}, for CI and for people"
}

# What planning and applying an environment needs, and nothing of owner or editor.
resource "google_project_iam_member" "main" {
  for_each = local.grants
  project  = var.project
  role     = "roles/${each.value.role}"
  member   = google_service_account.main[each.value.who].member
}

# The deployer grants roles. The condition keeps it from granting any others, to itself first of all.
resource "google_project_iam_member" "granting" {
  project = var.project
  role    = "roles/resourcemanager.projectIamAdmin"
  member  = google_service_account.main["deployer"].member

  condition {
    title       = "only the roles of jobs"
    description = "What the environments grant"
    expression  = "api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly([${join(", ", [for role in local.grantable : "'roles/${role}'"])}])"
  }
}

# A plan reads the state without locking it; only the deployer writes.
resource "google_storage_bucket_iam_member" "state" {
  for_each = { planner = "storage.objectViewer", deployer = "storage.objectUser" }
  bucket   = google_storage_bucket.state.name
  role     = "roles/${each.value}"
  member   = google_service_account.main[each.key].member
}

# People act as the deployer for an hour at a time, so there are no keys to lose.
resource "google_service_account_iam_member" "people" {
  for_each           = var.deployers
  service_account_id = google_service_account.main["deployer"].name
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = each.value
}

module "ci_federation" {
  count         = var.repository_id == null ? 0 : 1
  source        = "../modules/ci_federation"
  project       = module.services.project
  name          = "alexnet-ci"
  repository_id = var.repository_id
  planner       = google_service_account.main["planner"].name
  deployer      = google_service_account.main["deployer"].name
}
