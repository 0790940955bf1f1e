output "failed_jobs_topic" {
  description = "Topic that a job names for Batch's messages about its failure, as projects/PROJECT/topics/NAME."
  value       = google_pubsub_topic.failed_jobs.id
}

output "notification_channels" {
  description = "Ids of the channels that alerts go to."
  value       = [for channel in google_monitoring_notification_channel.email : channel.id]
}
