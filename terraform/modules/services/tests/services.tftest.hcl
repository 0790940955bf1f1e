mock_provider "google" {
  source = "../../mocks"
}

variables {
  project        = "my-project"
  services       = ["batch.googleapis.com", "storage.googleapis.com"]
  settle_seconds = 0
}

run "enables_apis_and_never_disables_them" {
  command = plan
  assert {
    condition     = sort(keys(google_project_service.main)) == tolist(["batch.googleapis.com", "storage.googleapis.com"])
    error_message = "The APIs are ${jsonencode(keys(google_project_service.main))}."
  }
  assert {
    condition     = alltrue([for service in google_project_service.main : service.disable_on_destroy == false])
    error_message = "A destroy would take an API from others in the project."
  }
}

run "gives_the_project_when_they_answer" {
  assert {
    condition     = output.project == "my-project"
    error_message = "The project is ${output.project}."
  }
}

# Whether this plan is empty is asserted over its JSON.
run "plan_after_apply" {
  command = plan
}

run "refuses_a_short_name" {
  command = plan
  variables {
    services = ["batch"]
  }
  expect_failures = [var.services]
}

run "refuses_a_negative_time" {
  command = plan
  variables {
    settle_seconds = -1
  }
  expect_failures = [var.settle_seconds]
}
