# Images of the program. A tag never moves, so a job that names one runs what was tested; what lost
# its tag, or never had one, goes after a month.
resource "google_artifact_registry_repository" "main" {
  project                = var.project
  location               = var.region
  repository_id          = var.name
  description            = "Container images of alexnet, deployed by digest"
  format                 = "DOCKER"
  labels                 = var.labels
  cleanup_policy_dry_run = false

  docker_config {
    immutable_tags = true
  }

  cleanup_policies {
    id     = "delete-untagged"
    action = "DELETE"
    condition {
      tag_state  = "UNTAGGED"
      older_than = "2592000s"
    }
  }

  cleanup_policies {
    id     = "keep-recent"
    action = "KEEP"
    most_recent_versions {
      keep_count = 10
    }
  }
}
