mock_provider "google" {
  source = "../../mocks"
}

variables {
  project       = "my-project"
  name          = "alexnet-ci"
  repository_id = "1296269"
  planner       = "projects/my-project/serviceAccounts/planner@my-project.iam.gserviceaccount.com"
  deployer      = "projects/my-project/serviceAccounts/deployer@my-project.iam.gserviceaccount.com"
}

run "trusts_one_repository" {
  command = plan
  assert {
    condition     = google_iam_workload_identity_pool_provider.github.attribute_condition == "assertion.repository_id == '1296269'"
    error_message = "Other repositories get in."
  }
  assert {
    condition     = endswith(google_service_account_iam_member.planner.member, "/attribute.repository_id/1296269")
    error_message = "Others may plan."
  }
  assert {
    condition     = endswith(google_service_account_iam_member.deployer.member, "/attribute.ref/refs/heads/main")
    error_message = "Others than the main branch may apply."
  }
  assert {
    condition     = output.provider == "projects/123456789/locations/global/workloadIdentityPools/mocked/providers/mocked"
    error_message = "The provider is ${output.provider}."
  }
}

run "refuses_a_repository_by_name" {
  command = plan
  variables {
    repository_id = "owner/name"
  }
  expect_failures = [var.repository_id]
}

run "refuses_a_reserved_name" {
  command = plan
  variables {
    name = "gcp-alexnet"
  }
  expect_failures = [var.name]
}
