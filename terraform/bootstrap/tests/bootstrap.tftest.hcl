mock_provider "google" {
  source = "../mocks"
}

variables {
  project   = "my-project"
  region    = "us-central1"
  deployers = ["group:platform@example.com"]
}

run "keeps_the_state" {
  command = plan
  assert {
    condition     = output.state_bucket == "my-project-alexnet-state"
    error_message = "The state is in ${output.state_bucket}."
  }
  assert {
    condition     = google_storage_bucket.state.versioning[0].enabled && google_storage_bucket.state.soft_delete_policy[0].retention_duration_seconds == 2592000
    error_message = "A state that was overwritten or deleted is lost."
  }
  assert {
    condition     = [for rule in google_storage_bucket.state.lifecycle_rule : [one(rule.condition).age, one(rule.condition).num_newer_versions]] == [[30, 20]]
    error_message = "Old versions of the state stay for another time."
  }
  assert {
    condition     = { for who, grant in google_storage_bucket_iam_member.state : who => grant.role } == { planner = "roles/storage.objectViewer", deployer = "roles/storage.objectUser" }
    error_message = "Others than the deployer write the state."
  }
  assert {
    condition     = length(local.grantable) <= 10
    error_message = "A condition of IAM compares at most ten roles."
  }
  assert {
    condition     = length(module.ci_federation) == 0 && output.ci_provider == null
    error_message = "A repository is trusted that nobody named."
  }
}

run "trusts_the_repository" {
  command = plan
  variables {
    repository_id = "1296269"
  }
  assert {
    condition     = endswith(output.ci_provider, "/providers/mocked")
    error_message = "The provider is ${output.ci_provider}."
  }
}

run "refuses_a_project_name" {
  command = plan
  variables {
    project = "My project"
  }
  expect_failures = [var.project]
}

run "refuses_everybody" {
  command = plan
  variables {
    deployers = ["allAuthenticatedUsers"]
  }
  expect_failures = [var.deployers]
}
