locals {
  purposes = {
    job      = "Runs the batch job on its machine"
    dataflow = "Runs the workers of Dataflow pipelines"
    launcher = "Submits jobs and pipelines; people impersonate it"
  }
  project_roles = {
    job      = ["batch.agentReporter", "logging.logWriter", "monitoring.metricWriter"]
    dataflow = ["dataflow.worker"]
    launcher = [
      "batch.jobsEditor", "compute.viewer", "dataflow.developer", "logging.viewer",
      "monitoring.viewer", "serviceusage.serviceUsageConsumer",
    ]
  }
  bucket_roles = {
    job = {
      archives = ["storage.objectViewer"]
      runs     = ["storage.objectUser"]
    }
    dataflow = {
      archives = ["storage.objectViewer"]
      runs     = ["storage.objectUser"]
      temp     = ["storage.objectUser", "storage.legacyBucketReader"]
    }
    launcher = {
      archives = ["storage.objectViewer", "storage.legacyBucketReader"]
      runs     = ["storage.objectUser", "storage.legacyBucketReader"]
      temp     = ["storage.objectUser", "storage.legacyBucketReader"]
    }
  }
  image_roles = {
    job      = "artifactregistry.reader"
    dataflow = "artifactregistry.reader"
    launcher = "artifactregistry.writer"
  }

  project_grants = merge([for who, roles in local.project_roles : {
    for role in roles : "${who} ${role}" => { who = who, role = role }
  }]...)
  bucket_grants = merge(flatten([for who, buckets in local.bucket_roles : [
    for bucket, roles in buckets : {
      for role in roles : "${who} ${bucket} ${role}" => { who = who, bucket = bucket, role = role }
    }
  ]])...)
}

# One for each kind of work, because the default account of Compute Engine may edit the whole project.
resource "google_service_account" "main" {
  for_each     = local.purposes
  project      = var.project
  account_id   = "${var.name}-${each.key}"
  display_name = "${var.name} ${each.key}"
  description  = each.value
}

# What has no smaller scope than the project: reporting, logs, metrics, jobs and reading quotas.
resource "google_project_iam_member" "main" {
  for_each = local.project_grants
  project  = var.project
  role     = "roles/${each.value.role}"
  member   = google_service_account.main[each.value.who].member
}

# Objects bucket by bucket; legacyBucketReader adds reading the bucket itself, which Beam and the
# check of an environment do.
resource "google_storage_bucket_iam_member" "main" {
  for_each = local.bucket_grants
  bucket   = var.buckets[each.value.bucket]
  role     = "roles/${each.value.role}"
  member   = google_service_account.main[each.value.who].member
}

# Who launches may also publish the image: it decides what runs as the job in either case.
resource "google_artifact_registry_repository_iam_member" "main" {
  for_each   = local.image_roles
  project    = var.project
  location   = var.region
  repository = var.repository_id
  role       = "roles/${each.value}"
  member     = google_service_account.main[each.key].member
}

# Batch tells of a failed job in the name of the job's own account.
resource "google_pubsub_topic_iam_member" "job" {
  project = var.project
  topic   = var.failed_jobs_topic
  role    = "roles/pubsub.publisher"
  member  = google_service_account.main["job"].member
}

# A submitted job runs as one of these two accounts and as no other.
resource "google_service_account_iam_member" "launcher" {
  for_each           = toset(["job", "dataflow"])
  service_account_id = google_service_account.main[each.key].name
  role               = "roles/iam.serviceAccountUser"
  member             = google_service_account.main["launcher"].member
}

# People act as the launcher for an hour at a time, so there are no keys to lose.
resource "google_service_account_iam_member" "people" {
  for_each           = var.launchers
  service_account_id = google_service_account.main["launcher"].name
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = each.value
}
