mock_provider "google" {
  source = "../../mocks"
}

variables {
  project   = "my-project"
  name      = "alexnet-dev"
  region    = "us-central1"
  labels    = { application = "alexnet", environment = "dev" }
  protected = true
}

run "keeps_data_and_drops_scrap" {
  command = plan
  assert {
    condition = output.buckets == {
      archives = "my-project-alexnet-dev-archives"
      runs     = "my-project-alexnet-dev-runs"
      temp     = "my-project-alexnet-dev-temp"
    }
    error_message = "The buckets are ${jsonencode(output.buckets)}."
  }
  assert {
    condition = { for purpose, bucket in google_storage_bucket.main : purpose => [
      for rule in bucket.lifecycle_rule : "${one(rule.action).type} ${one(rule.condition).age}"
      ] } == {
      archives = ["AbortIncompleteMultipartUpload 7"]
      runs     = ["AbortIncompleteMultipartUpload 7"]
      temp     = ["AbortIncompleteMultipartUpload 7", "Delete 15"]
    }
    error_message = "A bucket has another lifetime."
  }
  assert {
    condition = { for purpose, bucket in google_storage_bucket.main : purpose => bucket.soft_delete_policy[0].retention_duration_seconds } == {
      archives = 604800
      runs     = 0
      temp     = 0
    }
    error_message = "Deleted objects are kept for another time."
  }
  assert {
    condition     = alltrue([for bucket in google_storage_bucket.main : !bucket.versioning[0].enabled && !bucket.force_destroy])
    error_message = "A bucket keeps versions, or would be emptied by a destroy."
  }
  assert {
    condition     = terraform_data.protection[0].triggers_replace == [google_storage_bucket.main["archives"].id, google_storage_bucket.main["runs"].id]
    error_message = "Not every bucket with data is protected."
  }
}

run "may_lose_everything_when_unprotected" {
  command = plan
  variables {
    protected        = false
    run_days         = 90
    soft_delete_days = { archives = 0, runs = 30 }
  }
  assert {
    condition     = length(terraform_data.protection) == 0 && alltrue([for bucket in google_storage_bucket.main : bucket.force_destroy])
    error_message = "A destroy would be refused."
  }
  assert {
    condition     = one(google_storage_bucket.main["runs"].lifecycle_rule[1].condition).age == 90
    error_message = "Runs are kept for another time."
  }
  assert {
    condition     = google_storage_bucket.main["runs"].soft_delete_policy[0].retention_duration_seconds == 2592000
    error_message = "Deleted objects of runs are kept for another time."
  }
}

run "refuses_soft_deletion_for_three_days" {
  command = plan
  variables {
    soft_delete_days = { runs = 3 }
  }
  expect_failures = [var.soft_delete_days]
}

run "refuses_to_delete_runs_at_once" {
  command = plan
  variables {
    run_days = 0
  }
  expect_failures = [var.run_days]
}

run "refuses_temporary_objects_shorter_than_a_job" {
  command = plan
  variables {
    temp_days = 14
  }
  expect_failures = [var.temp_days]
}
