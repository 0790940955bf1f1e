mock_provider "google" {
  mock_data "google_project" {
    defaults = { number = "123456789" }
  }
}

# An apply would wait for APIs.
override_module {
  target  = module.services
  outputs = { project = "my-project" }
}

variables {
  project          = "my-project"
  region           = "us-central1"
  environment      = "test"
  profile          = "l4"
  hourly_prices    = {}
  address_range    = "10.10.0.0/20"
  internet         = true
  protected        = false
  run_days         = 90
  soft_delete_days = { archives = 30, runs = 7, temp = 0 }
  launchers        = ["group:ml@example.com"]
  alert_emails     = ["ml@example.com"]
  billing_account  = "0123AB-0123AB-0123AB"
  monthly_budget   = 200
}

run "apply" {
  assert {
    condition     = output.contract.image_repository == "us-central1-docker.pkg.dev/my-project/alexnet-test"
    error_message = "The images are in ${output.contract.image_repository}."
  }
}

# Whether this plan is empty is asserted over its JSON.
run "plan_after_apply" {
  command = plan
  assert {
    condition     = jsonencode(output.contract) == jsonencode(run.apply.contract)
    error_message = "The contract changes although the configuration does not."
  }
}

run "refuses_a_project_name" {
  command = plan
  variables {
    project = "My project"
  }
  expect_failures = [var.project]
}
