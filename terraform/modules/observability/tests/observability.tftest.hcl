mock_provider "google" {
  source = "../../mocks"
}

variables {
  project      = "my-project"
  name         = "alexnet-dev"
  labels       = { application = "alexnet", environment = "dev" }
  alert_emails = ["ml@example.com"]
}

run "tells_of_failed_and_of_stalled_jobs" {
  command = plan
  assert {
    condition     = [for condition in google_monitoring_alert_policy.failed_job.conditions : condition.display_name] == ["Batch job failed", "Dataflow pipeline failed"]
    error_message = "Other failures are told of."
  }
  assert {
    condition     = strcontains(google_monitoring_alert_policy.failed_job.conditions[0].condition_threshold[0].filter, "resource.labels.subscription_id = \"alexnet-dev-failed-jobs\"")
    error_message = "The alert watches another subscription."
  }
  assert {
    condition = google_monitoring_alert_policy.stalled_job.conditions[0].condition_prometheus_query_language[0].query == join(" ", [
      "max by (project_id) (compute_googleapis_com:instance_uptime_total{monitored_resource=\"gce_instance\",",
      "metadata_user_application=\"alexnet\", metadata_user_environment=\"dev\"}) > 1800",
      "unless sum by (project_id) (increase(logging_googleapis_com:user_alexnet_dev_progress[30m])) > 0",
    ])
    error_message = "The query is ${google_monitoring_alert_policy.stalled_job.conditions[0].condition_prometheus_query_language[0].query}."
  }
  assert {
    condition = alltrue([
      for policy in [google_monitoring_alert_policy.failed_job, google_monitoring_alert_policy.stalled_job] :
      policy.notification_channels == tolist([google_monitoring_notification_channel.email["ml@example.com"].id])
    ])
    error_message = "An alert goes elsewhere."
  }
  assert {
    condition     = output.failed_jobs_topic == google_pubsub_topic.failed_jobs.id && length(output.notification_channels) == 1
    error_message = "The outputs are others."
  }
}

run "is_quiet_without_addresses" {
  command = plan
  variables {
    alert_emails = []
  }
  assert {
    condition     = length(google_monitoring_alert_policy.failed_job.notification_channels) == 0
    error_message = "An alert goes somewhere."
  }
}

run "refuses_a_name_without_a_domain" {
  command = plan
  variables {
    alert_emails = ["ml"]
  }
  expect_failures = [var.alert_emails]
}

run "refuses_to_call_a_starting_machine_stalled" {
  command = plan
  variables {
    stalled_minutes = 5
  }
  expect_failures = [var.stalled_minutes]
}
