# What the provider computes and a test reads, known in a plan already.
mock_resource "google_compute_network" {
  override_during = plan
  defaults = {
    id = "projects/my-project/global/networks/mocked"
  }
}

mock_resource "google_compute_subnetwork" {
  override_during = plan
  defaults = {
    id = "projects/my-project/regions/us-central1/subnetworks/mocked"
  }
}

mock_resource "google_compute_firewall" {
  override_during = plan
}

mock_resource "google_storage_bucket" {
  override_during = plan
}

mock_resource "google_pubsub_topic" {
  override_during = plan
  defaults = {
    id = "projects/my-project/topics/mocked"
  }
}

mock_resource "google_monitoring_notification_channel" {
  override_during = plan
}

mock_resource "google_service_account" {
  override_during = plan
  defaults = {
    email  = "mocked@my-project.iam.gserviceaccount.com"
    member = "serviceAccount:mocked@my-project.iam.gserviceaccount.com"
    name   = "projects/my-project/serviceAccounts/mocked@my-project.iam.gserviceaccount.com"
  }
}

mock_resource "google_iam_workload_identity_pool" {
  override_during = plan
  defaults = {
    name = "projects/123456789/locations/global/workloadIdentityPools/mocked"
  }
}

mock_resource "google_iam_workload_identity_pool_provider" {
  override_during = plan
  defaults = {
    name = "projects/123456789/locations/global/workloadIdentityPools/mocked/providers/mocked"
  }
}

mock_data "google_project" {
  override_during = plan
  defaults = {
    number = "123456789"
  }
}
