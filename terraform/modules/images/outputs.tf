output "repository" {
  description = "What the name of an image starts with, as REGION-docker.pkg.dev/PROJECT/REPOSITORY."
  value       = "${google_artifact_registry_repository.main.location}-docker.pkg.dev/${var.project}/${google_artifact_registry_repository.main.repository_id}"
}

output "repository_id" {
  description = "Id of the repository, for grants on it."
  value       = google_artifact_registry_repository.main.repository_id
}
