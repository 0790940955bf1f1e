output "state_bucket" {
  description = "Bucket that an environment's `terraform init -backend-config=bucket=...` names."
  value       = google_storage_bucket.state.name
}

output "service_accounts" {
  description = "E-mail addresses of the planner and the deployer."
  value       = { for who, account in google_service_account.main : who => account.email }
}

output "ci_provider" {
  description = "Identity provider that CI names; null without a repository."
  value       = one(module.ci_federation[*].provider)
}
