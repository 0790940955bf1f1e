locals {
  metric = "${replace(var.name, "-", "_")}_progress"
}

# Where the alerts below and the budget's go.
resource "google_monitoring_notification_channel" "email" {
  for_each     = var.alert_emails
  project      = var.project
  display_name = each.value
  type         = "email"
  labels       = { email_address = each.value }
  user_labels  = var.labels
}

# Batch has no metric of failed jobs. It can publish a message when a job fails.
resource "google_pubsub_topic" "failed_jobs" {
  project = var.project
  name    = "${var.name}-failed-jobs"
  labels  = var.labels
}

# Nobody reads it: a message that waits here is the alert's signal, until it expires after an hour.
resource "google_pubsub_subscription" "failed_jobs" {
  project                    = var.project
  name                       = google_pubsub_topic.failed_jobs.name
  topic                      = google_pubsub_topic.failed_jobs.id
  labels                     = var.labels
  message_retention_duration = "3600s"

  expiration_policy {
    ttl = ""
  }
}

# A job or pipeline that failed for good: Batch retries preempted machines before it gives up.
resource "google_monitoring_alert_policy" "failed_job" {
  project               = var.project
  display_name          = "${var.name}: a job failed"
  combiner              = "OR"
  severity              = "ERROR"
  user_labels           = var.labels
  notification_channels = [for channel in google_monitoring_notification_channel.email : channel.id]

  conditions {
    display_name = "Batch job failed"
    condition_threshold {
      filter          = "metric.type = \"pubsub.googleapis.com/subscription/num_undelivered_messages\" AND resource.type = \"pubsub_subscription\" AND resource.labels.subscription_id = \"${google_pubsub_subscription.failed_jobs.name}\""
      comparison      = "COMPARISON_GT"
      threshold_value = 0
      duration        = "0s"
      aggregations {
        alignment_period   = "60s"
        per_series_aligner = "ALIGN_MAX"
      }
    }
  }

  conditions {
    display_name = "Dataflow pipeline failed"
    condition_threshold {
      filter          = "metric.type = \"dataflow.googleapis.com/job/is_failed\" AND resource.type = \"dataflow_job\" AND resource.labels.job_name = starts_with(\"${var.name}-\")"
      comparison      = "COMPARISON_GT"
      threshold_value = 0
      duration        = "0s"
      aggregations {
        alignment_period   = "60s"
        per_series_aligner = "ALIGN_MAX"
      }
    }
  }

  documentation {
    mime_type = "text/markdown"
    content   = "The last lines of the job say why: `gcloud logging read 'log_id(\"batch_task_logs\") AND labels.environment=\"${var.labels.environment}\"' --project ${var.project} --limit 20`. Launching the same run again resumes it."
  }
}

# Counts what jobs write: a program that works prints its progress every few seconds.
resource "google_logging_metric" "progress" {
  project     = var.project
  name        = local.metric
  description = "Lines written by jobs of ${var.name}"
  filter      = "log_id(\"batch_task_logs\") AND labels.application=\"alexnet\" AND labels.environment=\"${var.labels.environment}\""

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
    unit        = "1"
  }
}

# A machine that is up but silent costs as much as one that works. Prometheus' language, because the
# condition must hold while a machine runs and not after its job is done.
resource "google_monitoring_alert_policy" "stalled_job" {
  project               = var.project
  display_name          = "${var.name}: a job makes no progress"
  combiner              = "OR"
  severity              = "WARNING"
  user_labels           = var.labels
  notification_channels = [for channel in google_monitoring_notification_channel.email : channel.id]

  conditions {
    display_name = "A machine has run for ${var.stalled_minutes} minutes without a line of progress"
    condition_prometheus_query_language {
      query                     = "max by (project_id) (compute_googleapis_com:instance_uptime_total{monitored_resource=\"gce_instance\", metadata_user_application=\"alexnet\", metadata_user_environment=\"${var.labels.environment}\"}) > ${var.stalled_minutes * 60} unless sum by (project_id) (increase(logging_googleapis_com:user_${google_logging_metric.progress.name}[${var.stalled_minutes}m])) > 0"
      duration                  = "0s"
      evaluation_interval       = "60s"
      disable_metric_validation = true
    }
  }

  documentation {
    mime_type = "text/markdown"
    content   = "Cancel the job if its log shows no reason, and launch the same run again: it resumes from the last checkpoint."
  }
}
