mock_provider "google" {
  source = "../../mocks"
}

variables {
  project         = "my-project"
  name            = "alexnet-dev"
  billing_account = "0123AB-0123AB-0123AB"
  monthly_budget  = 200
}

run "tells_before_the_money_is_gone" {
  command = plan
  assert {
    condition     = google_billing_budget.main.amount[0].specified_amount[0].units == "200"
    error_message = "The budget is another amount."
  }
  assert {
    condition = [for rule in google_billing_budget.main.threshold_rules : "${rule.threshold_percent} ${rule.spend_basis}"] == [
      "0.5 CURRENT_SPEND", "0.9 CURRENT_SPEND", "1 CURRENT_SPEND", "1 FORECASTED_SPEND",
    ]
    error_message = "The budget tells at other amounts."
  }
  assert {
    condition     = google_billing_budget.main.budget_filter[0].projects == toset(["projects/123456789"])
    error_message = "The budget watches other projects."
  }
  assert {
    condition     = length(google_billing_budget.main.all_updates_rule) == 0
    error_message = "The budget tells a channel that nobody named."
  }
}

run "tells_the_channels" {
  command = plan
  variables {
    notification_channels = ["projects/my-project/notificationChannels/1"]
  }
  assert {
    condition     = google_billing_budget.main.all_updates_rule[0].monitoring_notification_channels == tolist(["projects/my-project/notificationChannels/1"])
    error_message = "The budget tells other channels."
  }
}

run "refuses_a_name_as_the_account" {
  command = plan
  variables {
    billing_account = "My billing account"
  }
  expect_failures = [var.billing_account]
}

run "refuses_a_budget_of_nothing" {
  command = plan
  variables {
    monthly_budget = 0
  }
  expect_failures = [var.monthly_budget]
}
