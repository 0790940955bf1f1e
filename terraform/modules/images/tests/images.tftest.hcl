mock_provider "google" {
  source = "../../mocks"
}

variables {
  project = "my-project"
  name    = "alexnet-dev"
  region  = "us-central1"
  labels  = { application = "alexnet", environment = "dev" }
}

run "keeps_tags_where_they_are" {
  command = plan
  assert {
    condition     = google_artifact_registry_repository.main.docker_config[0].immutable_tags
    error_message = "A tag can be moved."
  }
  assert {
    condition     = output.repository == "us-central1-docker.pkg.dev/my-project/alexnet-dev"
    error_message = "The repository is ${output.repository}."
  }
}

run "deletes_only_untagged_images_and_keeps_recent_ones" {
  command = plan
  assert {
    condition = { for policy in google_artifact_registry_repository.main.cleanup_policies : policy.id => policy.action } == {
      delete-untagged = "DELETE"
      keep-recent     = "KEEP"
    }
    error_message = "There are other policies."
  }
  assert {
    condition = [
      for policy in google_artifact_registry_repository.main.cleanup_policies :
      [policy.condition[0].tag_state, policy.condition[0].older_than] if policy.action == "DELETE"
    ] == [["UNTAGGED", "2592000s"]]
    error_message = "Images with a tag, or young ones, are deleted."
  }
}
