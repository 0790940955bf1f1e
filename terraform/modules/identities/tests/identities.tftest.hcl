mock_provider "google" {
  source = "../../mocks"
}

override_resource {
  target          = google_service_account.main["job"]
  override_during = plan
  values          = { name = "job", email = "job@my-project", member = "serviceAccount:job" }
}

override_resource {
  target          = google_service_account.main["dataflow"]
  override_during = plan
  values          = { name = "dataflow", email = "dataflow@my-project", member = "serviceAccount:dataflow" }
}

override_resource {
  target          = google_service_account.main["launcher"]
  override_during = plan
  values          = { name = "launcher", email = "launcher@my-project", member = "serviceAccount:launcher" }
}

variables {
  project           = "my-project"
  name              = "alexnet-dev"
  region            = "us-central1"
  buckets           = { archives = "a", runs = "r", temp = "t" }
  repository_id     = "alexnet-dev"
  failed_jobs_topic = "alexnet-dev-failed-jobs"
  launchers         = ["group:ml@example.com"]
}

run "grants_what_each_needs_and_no_more" {
  command = plan
  assert {
    condition = sort([for grant in google_project_iam_member.main : "${grant.member} ${grant.role}"]) == tolist([
      "serviceAccount:dataflow roles/dataflow.worker",
      "serviceAccount:job roles/batch.agentReporter",
      "serviceAccount:job roles/logging.logWriter",
      "serviceAccount:job roles/monitoring.metricWriter",
      "serviceAccount:launcher roles/batch.jobsEditor",
      "serviceAccount:launcher roles/compute.viewer",
      "serviceAccount:launcher roles/dataflow.developer",
      "serviceAccount:launcher roles/logging.viewer",
      "serviceAccount:launcher roles/monitoring.viewer",
      "serviceAccount:launcher roles/serviceusage.serviceUsageConsumer",
    ])
    error_message = "There are other grants on the project."
  }
  assert {
    condition = sort([for grant in google_storage_bucket_iam_member.main : "${grant.bucket} ${grant.member} ${grant.role}"]) == tolist([
      "a serviceAccount:dataflow roles/storage.objectViewer",
      "a serviceAccount:job roles/storage.objectViewer",
      "a serviceAccount:launcher roles/storage.legacyBucketReader",
      "a serviceAccount:launcher roles/storage.objectViewer",
      "r serviceAccount:dataflow roles/storage.objectUser",
      "r serviceAccount:job roles/storage.objectUser",
      "r serviceAccount:launcher roles/storage.legacyBucketReader",
      "r serviceAccount:launcher roles/storage.objectUser",
      "t serviceAccount:dataflow roles/storage.legacyBucketReader",
      "t serviceAccount:dataflow roles/storage.objectUser",
      "t serviceAccount:launcher roles/storage.legacyBucketReader",
      "t serviceAccount:launcher roles/storage.objectUser",
    ])
    error_message = "There are other grants on the buckets."
  }
  assert {
    condition = sort([for grant in google_artifact_registry_repository_iam_member.main : "${grant.member} ${grant.role}"]) == tolist([
      "serviceAccount:dataflow roles/artifactregistry.reader",
      "serviceAccount:job roles/artifactregistry.reader",
      "serviceAccount:launcher roles/artifactregistry.writer",
    ])
    error_message = "There are other grants on the images."
  }
  assert {
    condition     = "${google_pubsub_topic_iam_member.job.member} ${google_pubsub_topic_iam_member.job.role}" == "serviceAccount:job roles/pubsub.publisher"
    error_message = "Batch cannot tell of failed jobs."
  }
  assert {
    condition = sort([
      for grant in concat(values(google_service_account_iam_member.launcher), values(google_service_account_iam_member.people)) :
      "${grant.service_account_id} ${grant.member} ${grant.role}"
      ]) == tolist([
      "dataflow serviceAccount:launcher roles/iam.serviceAccountUser",
      "job serviceAccount:launcher roles/iam.serviceAccountUser",
      "launcher group:ml@example.com roles/iam.serviceAccountTokenCreator",
    ])
    error_message = "There are other grants on the accounts."
  }
  assert {
    condition = output.service_accounts == {
      dataflow = "dataflow@my-project"
      job      = "job@my-project"
      launcher = "launcher@my-project"
    }
    error_message = "The accounts are ${jsonencode(output.service_accounts)}."
  }
}

run "refuses_everybody" {
  command = plan
  variables {
    launchers = ["allUsers"]
  }
  expect_failures = [var.launchers]
}

run "refuses_a_whole_domain" {
  command = plan
  variables {
    launchers = ["domain:example.com"]
  }
  expect_failures = [var.launchers]
}
