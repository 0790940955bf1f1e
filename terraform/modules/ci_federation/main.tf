# Holds the trust below; the members of a pool are whom it lets in.
resource "google_iam_workload_identity_pool" "main" {
  project                   = var.project
  workload_identity_pool_id = var.name
  display_name              = var.name
  description               = "CI of the repository ${var.repository_id}"
}

# One issuer serves all of GitHub, so without the condition every repository of the world gets in.
resource "google_iam_workload_identity_pool_provider" "github" {
  project                            = var.project
  workload_identity_pool_id          = google_iam_workload_identity_pool.main.workload_identity_pool_id
  workload_identity_pool_provider_id = "github"
  attribute_condition                = "assertion.repository_id == '${var.repository_id}'"
  attribute_mapping = {
    "google.subject"          = "assertion.sub"
    "attribute.repository_id" = "assertion.repository_id"
    "attribute.ref"           = "assertion.ref"
  }

  oidc {
    issuer_uri = "https://token.actions.githubusercontent.com"
  }
}

# Every branch may plan, pull requests too.
resource "google_service_account_iam_member" "planner" {
  service_account_id = var.planner
  role               = "roles/iam.workloadIdentityUser"
  member             = "principalSet://iam.googleapis.com/${google_iam_workload_identity_pool.main.name}/attribute.repository_id/${var.repository_id}"
}

# Only what was merged may be applied.
resource "google_service_account_iam_member" "deployer" {
  service_account_id = var.deployer
  role               = "roles/iam.workloadIdentityUser"
  member             = "principalSet://iam.googleapis.com/${google_iam_workload_identity_pool.main.name}/attribute.ref/refs/heads/main"
}
